//! The body of a push, read with good manners and limited patience.

use crate::web::patience::{BodyProblem, LONGEST_PACKAGE, LONGEST_SILENCE, Patient};
use axum::body::{Body, Bytes};
use futures::{Stream, StreamExt};
use http::{HeaderMap, header};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// A body up to this size is heard to its end before a refusal is sent: some clients listen only then.
const SMALL: u64 = 4 << 20;

/// How much of a large body is thrown away after a refusal was sent, so that the client comes to read it.
const LINGERING_BYTES: u64 = 256 << 20;

/// How long that, or hearing a small body out, may take.
const LINGERING: Duration = Duration::from_secs(10);

/// Whether the connection can carry another request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::nuget) enum Connection {
    /// The body was read to its end.
    Reusable,
    /// The rest of the body is in the way.
    Spent,
}

/// The body of a push.
pub(super) struct PushBody {
    stream: Patient,
    /// The length that the client announced; nothing if it sends in chunks.
    announced: Option<u64>,
    /// The client waits to be asked for the body.
    waits_to_be_asked: bool,
    read: u64,
}

impl PushBody {
    /// Takes over the body of a request with these headers.
    pub(super) fn new(headers: &HeaderMap, body: Body) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        Self {
            stream: Patient::new(body, LONGEST_SILENCE, LONGEST_PACKAGE),
            announced: text(header::CONTENT_LENGTH).and_then(|length| length.trim().parse().ok()),
            waits_to_be_asked: text(header::EXPECT).is_some_and(|value| value.eq_ignore_ascii_case("100-continue")),
            read: 0,
        }
    }

    /// The length that the client announced; it may be a lie.
    pub(super) const fn announced(&self) -> Option<u64> {
        self.announced
    }

    /// Lets the client speak before it is refused: to the end if it says little, else for a while beside the answer.
    pub(super) async fn hear_out(mut self) -> Connection {
        if self.stream.has_ended() {
            return Connection::Reusable;
        }
        // Such a client listens before it speaks.
        if self.waits_to_be_asked && self.read == 0 {
            return Connection::Spent;
        }
        if self.announced.is_none_or(|length| length <= SMALL) {
            let _ = tokio::time::timeout(LINGERING, self.discard(SMALL)).await;
        }
        if self.stream.has_ended() {
            return Connection::Reusable;
        }
        // As long as somebody reads, the connection stays open after the answer.
        tokio::spawn(async move {
            let _ = tokio::time::timeout(LINGERING, self.discard(LINGERING_BYTES)).await;
        });
        Connection::Spent
    }

    async fn discard(&mut self, most: u64) {
        let end = self.read.saturating_add(most);
        while self.read < end && matches!(self.next().await, Some(Ok(_))) {}
    }
}

impl Stream for PushBody {
    type Item = Result<Bytes, BodyProblem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.stream.poll_next_unpin(context));
        if let Some(Ok(bytes)) = &piece {
            self.read = self.read.saturating_add(bytes.len() as u64);
        }
        Poll::Ready(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::{Connection, PushBody};
    use axum::body::{Body, Bytes};
    use futures::stream;
    use http::HeaderMap;
    use std::convert::Infallible;

    fn pieces(count: usize, size: usize) -> Body {
        let piece = Bytes::from(vec![b'x'; size]);
        Body::from_stream(stream::iter(vec![Ok::<_, Infallible>(piece); count]))
    }

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        let header = |(name, value): &(&'static str, &'static str)| (name.parse().unwrap(), value.parse().unwrap());
        list.iter().map(header).collect()
    }

    #[tokio::test]
    async fn a_small_body_is_heard_to_its_end() {
        let body = PushBody::new(&HeaderMap::new(), pieces(30, 100_000));
        assert_eq!(body.hear_out().await, Connection::Reusable);
    }

    #[tokio::test]
    async fn a_large_body_is_not_waited_for() {
        let body = PushBody::new(&HeaderMap::new(), pieces(300, 100_000));
        assert_eq!(body.hear_out().await, Connection::Spent);
        let announced = headers(&[("content-length", "30000000")]);
        let body = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
        assert_eq!(PushBody::new(&announced, body).hear_out().await, Connection::Spent);
    }

    #[tokio::test]
    async fn a_client_that_waits_to_be_asked_is_not_asked() {
        let asking = headers(&[("content-length", "3"), ("expect", "100-continue")]);
        assert_eq!(PushBody::new(&asking, pieces(1, 3)).hear_out().await, Connection::Spent);
    }
}
