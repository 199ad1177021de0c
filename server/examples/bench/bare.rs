//! The peer: axum with nothing behind it. It answers the same bytes, or writes the body durably and nothing else.

use super::measure::Result;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Clone)]
struct Peer {
    answers: Arc<HashMap<String, Bytes>>,
    folder: PathBuf,
    count: Arc<AtomicU64>,
}

/// Serves the files of the folder named by the second argument under their names, and takes pushes into it; prints its
/// address on standard output.
pub(crate) async fn serve() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(2).ok_or("the peer needs a folder")?);
    let mut answers = HashMap::new();
    for entry in std::fs::read_dir(&folder)? {
        let entry = entry?;
        answers.insert(
            entry.file_name().to_string_lossy().into_owned(),
            Bytes::from(std::fs::read(entry.path())?),
        );
    }
    let peer = Peer {
        answers: Arc::new(answers),
        folder,
        count: Arc::default(),
    };
    let router = Router::new()
        .route("/get/{name}", get(answer))
        .route("/push", put(push))
        .layer(DefaultBodyLimit::disable())
        .with_state(peer);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    axum::serve(listener, router).await?;
    Ok(())
}

async fn answer(State(peer): State<Peer>, Path(name): Path<String>) -> Response {
    match peer.answers.get(&name) {
        Some(bytes) => ([(header::CONTENT_TYPE, "application/json")], Body::from(bytes.clone())).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The least that a durable push must do: the bytes on the disk, then one synced record that says so.
async fn push(State(peer): State<Peer>, body: Bytes) -> Response {
    let number = peer.count.fetch_add(1, Ordering::Relaxed);
    let folder = peer.folder.clone();
    let written = tokio::task::spawn_blocking(move || -> std::io::Result<()> {
        use std::io::Write;
        for (name, bytes) in [
            (format!("{number}.part"), body.as_ref()),
            (format!("{number}.row"), b"row".as_slice()),
        ] {
            let mut file = std::fs::File::create(folder.join(name))?;
            file.write_all(bytes)?;
            file.sync_all()?;
        }
        Ok(())
    })
    .await;
    match written {
        Ok(Ok(())) => StatusCode::CREATED.into_response(),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
