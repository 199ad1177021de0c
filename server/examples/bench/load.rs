//! A load from this process: a fixed number of connections, each asking again as soon as it is answered.

use super::measure::Result;
use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use std::time::{Duration, Instant};

/// One request, to be asked again and again.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) status: u16,
}

impl Ask {
    /// A plain GET that must answer 200.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            status: 200,
        }
    }
}

/// One kept connection.
pub(crate) struct Connection {
    sender: hyper::client::conn::http1::SendRequest<Full<Bytes>>,
    host: String,
}

impl Connection {
    pub(crate) async fn open(address: &str) -> Result<Self> {
        let stream = tokio::net::TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: address.to_owned(),
        })
    }

    /// Asks once and reads the whole answer.
    pub(crate) async fn ask(&mut self, ask: &Ask) -> Result<Bytes> {
        self.sender.ready().await?;
        let mut request = Request::builder()
            .method(ask.method.clone())
            .uri(&ask.path)
            .header(http::header::HOST, &self.host)
            .body(Full::new(ask.body.clone()))?;
        request.headers_mut().extend(ask.headers.clone());
        let answer = self.sender.send_request(request).await?;
        let status = answer.status().as_u16();
        let body = answer.into_body().collect().await?.to_bytes();
        if status == ask.status {
            Ok(body)
        } else {
            Err(format!(
                "{} {} answered {status}: {}",
                ask.method,
                ask.path,
                String::from_utf8_lossy(&body)
            )
            .into())
        }
    }
}

/// Answers a second, with that many connections for that long.
pub(crate) async fn throughput(address: &str, ask: &Ask, connections: usize, time: Duration) -> Result<f64> {
    let start = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..connections {
        let (address, ask) = (address.to_owned(), ask.clone());
        tasks.push(tokio::spawn(async move {
            let mut connection = Connection::open(&address).await.map_err(|error| error.to_string())?;
            let mut count = 0_u64;
            while start.elapsed() < time {
                connection.ask(&ask).await.map_err(|error| error.to_string())?;
                count += 1;
            }
            Ok::<u64, String>(count)
        }));
    }
    let mut total = 0;
    for task in tasks {
        total += task.await??;
    }
    Ok(total as f64 / start.elapsed().as_secs_f64())
}
