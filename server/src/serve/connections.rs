//! Connections: taken while the server runs, drained when it stops.

use super::DRAIN;
use super::signals::Signals;
use crate::router::Site;
use axum::extract::ConnectInfo;
use gallery::Error;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

/// How long a client may take for the head of a request.
const HEAD: Duration = Duration::from_secs(30);

/// The pause after a connection could not be taken: most often there are no file descriptors left.
const OUT_OF_DESCRIPTORS: Duration = Duration::from_millis(100);

/// The socket that clients connect to.
pub(super) struct Connections {
    listener: TcpListener,
}

impl Connections {
    /// Takes the address.
    ///
    /// # Errors
    /// When it cannot be had.
    pub(super) async fn bind(address: SocketAddr) -> Result<Self, Error> {
        let listener = TcpListener::bind(address).await.map_err(|error| {
            Error::Unavailable(format!(
                "{address} cannot be listened on: {error}. Stop the other server, or set LEPTOS_SITE_ADDR."
            ))
        })?;
        Ok(Self { listener })
    }

    /// The address, with the port that the system chose if none was named.
    ///
    /// # Errors
    /// When the system does not tell.
    pub(super) fn address(&self) -> Result<SocketAddr, Error> {
        self.listener
            .local_addr()
            .map_err(|error| Error::Internal(Box::new(error)))
    }

    /// Answers until told to stop; then lets requests that are being answered come to their end, but not for long.
    ///
    /// Meanwhile new connections are taken still, so that whoever asks whether the server is ready hears that it is
    /// not. A second signal cuts it short.
    pub(super) async fn serve(self, site: Site, stopping: &CancellationToken, signals: &mut Signals) {
        let graceful = GracefulShutdown::new();
        loop {
            tokio::select! {
                (stream, peer) = self.accept() => {
                    let connection = connection(stream, peer, site.clone(), true);
                    let watched = graceful.watch(connection);
                    tokio::spawn(async move { note(watched.await) });
                }
                () = signals.stop() => break,
            }
        }
        tracing::info!("stopping");
        stopping.cancel();
        let drained = graceful.shutdown();
        let late = tokio::time::sleep(DRAIN);
        tokio::pin!(drained, late);
        loop {
            tokio::select! {
                () = &mut drained => return,
                () = &mut late => {
                    tracing::warn!("requests were cut off after {} s", DRAIN.as_secs());
                    return;
                }
                () = signals.stop() => return,
                (stream, peer) = self.accept() => {
                    let connection = connection(stream, peer, site.clone(), false);
                    tokio::spawn(async move { note(connection.await) });
                }
            }
        }
    }

    async fn accept(&self) -> (TcpStream, SocketAddr) {
        loop {
            match self.listener.accept().await {
                Ok(connection) => return connection,
                Err(error) => {
                    tracing::warn!(%error, "a connection cannot be taken");
                    tokio::time::sleep(OUT_OF_DESCRIPTORS).await;
                }
            }
        }
    }
}

/// A client that goes away is no news.
fn note(ended: Result<(), hyper::Error>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    site: Site,
    keep_alive: bool,
) -> impl GracefulConnection<Error = hyper::Error> + Send + use<> {
    // Without it, small answers wait for an acknowledgement.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection cannot be hastened");
    }
    let service = service_fn(move |mut request: http::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        site.answer(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .keep_alive(keep_alive)
        .serve_connection(TokioIo::new(stream), service)
}
