//! A client that says exactly what a test wants it to say, and hears everything: also the reason phrase.

use std::collections::BTreeMap;
use std::io::Read;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An answer as it came over the wire.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) reason: String,
    /// By name in lower case, each value in order.
    pub(super) headers: BTreeMap<String, Vec<String>>,
    /// Unpacked, if it was compressed.
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The first value of a header, or nothing.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.first().map(String::as_str)
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = std::str::from_utf8(&bytes[..end]).unwrap();
        let mut lines = head.split("\r\n");
        let mut status = lines.next().unwrap().splitn(3, ' ').skip(1);
        let mut headers: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let code = status.next().unwrap().parse().unwrap();
        let reason = status.next().unwrap_or_default().to_owned();
        for line in lines {
            let (name, value) = line.split_once(':').unwrap();
            headers
                .entry(name.to_ascii_lowercase())
                .or_default()
                .push(value.trim().to_owned());
        }
        let mut body = bytes[end + 4..].to_vec();
        if headers
            .get("transfer-encoding")
            .is_some_and(|value| value[0] == "chunked")
        {
            body = join_chunks(&body);
        }
        let is_gzip = headers.get("content-encoding").is_some_and(|value| value[0] == "gzip");
        // The answer to HEAD has the header and nothing that follows it.
        if is_gzip && !body.is_empty() {
            let packed = std::mem::take(&mut body);
            flate2::read::GzDecoder::new(&packed[..])
                .read_to_end(&mut body)
                .unwrap();
        }
        Self {
            status: code,
            reason,
            headers,
            body,
        }
    }
}

/// Opens a connection to an address like `http://127.0.0.1:4711`.
pub(super) async fn connect(address: &str) -> TcpStream {
    TcpStream::connect(address.trim_start_matches("http://")).await.unwrap()
}

/// Says something on a new connection and hears the answer to its end.
pub(super) async fn say(address: &str, request: &[u8]) -> Answer {
    let mut connection = connect(address).await;
    // The server may refuse before it has heard everything.
    let _ = connection.write_all(request).await;
    hear(&mut connection).await
}

/// Says something to a server that may go away meanwhile; nothing if it does before its answer has come.
pub(super) async fn try_say(address: &str, request: &[u8]) -> Option<Answer> {
    let mut connection = TcpStream::connect(address.trim_start_matches("http://")).await.ok()?;
    connection.write_all(request).await.ok()?;
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes).await.ok()?;
    let whole = bytes.windows(4).any(|four| four == b"\r\n\r\n");
    whole.then(|| Answer::parse(&bytes))
}

/// Hears an answer to the end of the connection.
pub(super) async fn hear(connection: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let heard = connection.read_to_end(&mut bytes).await;
    assert!(heard.is_ok() || !bytes.is_empty(), "{heard:?}");
    Answer::parse(&bytes)
}

/// A request with everything that most have.
pub(super) fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: feed.example\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() || matches!(method, "PUT" | "POST") {
        text.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    [text.as_bytes(), b"\r\n", body].concat()
}

/// A multipart form with a package, as .NET writes it: a name without quotes.
pub(super) fn form(package: &[u8]) -> Vec<u8> {
    let head = "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: form-data; name=package; \
        filename=package.nupkg; filename*=utf-8''package.nupkg\r\n\r\n";
    [head.as_bytes(), package, b"\r\n--b--\r\n"].concat()
}

/// The content type of [`form`], its boundary in quotes as .NET writes it.
pub(super) const FORM: (&str, &str) = ("Content-Type", "multipart/form-data; boundary=\"b\"");

/// A body cut into chunks.
pub(super) fn chunks(body: &[u8], size: usize) -> Vec<u8> {
    let mut chunked = Vec::new();
    for chunk in body.chunks(size) {
        chunked.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        chunked.extend_from_slice(chunk);
        chunked.extend_from_slice(b"\r\n");
    }
    chunked.extend_from_slice(b"0\r\n\r\n");
    chunked
}

fn join_chunks(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let line = body.iter().position(|byte| *byte == b'\n').expect("a chunk's length");
        let length = usize::from_str_radix(std::str::from_utf8(&body[..line]).unwrap().trim(), 16).unwrap();
        if length == 0 {
            return whole;
        }
        whole.extend_from_slice(&body[line + 1..line + 1 + length]);
        body = &body[line + 1 + length + 2..];
    }
}
