//! The body of a push, read with good manners and limited patience.

use axum::body::{Body, BodyDataStream, Bytes};
use futures::{Stream, StreamExt};
use http::{HeaderMap, header};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// A body up to this size is heard to its end before a refusal is sent: some clients listen only then.
const SMALL: u64 = 4 << 20;

/// How much of a large body is thrown away after a refusal was sent, so that the client comes to read it.
const LINGERING_BYTES: u64 = 256 << 20;

/// How long that, or hearing a small body out, may take.
const LINGERING: Duration = Duration::from_secs(10);

/// How long a client may be silent.
const LONGEST_SILENCE: Duration = Duration::from_secs(30);

/// How long a whole push may take.
const LONGEST_PUSH: Duration = Duration::from_secs(60 * 60);

/// Why a body did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum BodyProblem {
    /// The client went away.
    #[error("The upload broke off before its end. Push again.")]
    BrokenOff,
    /// The client said nothing for too long.
    #[error("The upload stood still for too long. Push again.")]
    TooSlow,
}

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
    stream: BodyDataStream,
    /// The length that the client announced; nothing if it sends in chunks.
    announced: Option<u64>,
    /// The client waits to be asked for the body.
    waits_to_be_asked: bool,
    read: u64,
    ended: bool,
    silence: Duration,
    until: Instant,
    alarm: Pin<Box<Sleep>>,
}

impl PushBody {
    /// Takes over the body of a request with these headers.
    pub(super) fn new(headers: &HeaderMap, body: Body) -> Self {
        Self::with_patience(headers, body, LONGEST_SILENCE, LONGEST_PUSH)
    }

    fn with_patience(headers: &HeaderMap, body: Body, silence: Duration, whole: Duration) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        Self {
            stream: body.into_data_stream(),
            announced: text(header::CONTENT_LENGTH).and_then(|length| length.trim().parse().ok()),
            waits_to_be_asked: text(header::EXPECT).is_some_and(|value| value.eq_ignore_ascii_case("100-continue")),
            read: 0,
            ended: false,
            silence,
            until: Instant::now() + whole,
            alarm: Box::pin(sleep(silence.min(whole))),
        }
    }

    /// The length that the client announced; it may be a lie.
    pub(super) const fn announced(&self) -> Option<u64> {
        self.announced
    }

    /// Lets the client speak before it is refused: to the end if it says little, else for a while beside the answer.
    pub(super) async fn hear_out(mut self) -> Connection {
        if self.ended {
            return Connection::Reusable;
        }
        // Such a client listens before it speaks.
        if self.waits_to_be_asked && self.read == 0 {
            return Connection::Spent;
        }
        if self.announced.is_none_or(|length| length <= SMALL) {
            let _ = tokio::time::timeout(LINGERING, self.discard(SMALL)).await;
        }
        if self.ended {
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
        if self.ended {
            return Poll::Ready(None);
        }
        let Poll::Ready(piece) = self.stream.poll_next_unpin(context) else {
            ready!(self.alarm.as_mut().poll(context));
            self.ended = true;
            return Poll::Ready(Some(Err(BodyProblem::TooSlow)));
        };
        Poll::Ready(match piece {
            Some(Ok(bytes)) => {
                self.read = self.read.saturating_add(bytes.len() as u64);
                let next = (Instant::now() + self.silence).min(self.until);
                self.alarm.as_mut().reset(next);
                Some(Ok(bytes))
            }
            Some(Err(_)) => {
                self.ended = true;
                Some(Err(BodyProblem::BrokenOff))
            }
            None => {
                self.ended = true;
                None
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{BodyProblem, Connection, PushBody};
    use axum::body::{Body, Bytes};
    use futures::{StreamExt, stream};
    use http::HeaderMap;
    use std::convert::Infallible;
    use std::time::Duration;

    fn pieces(count: usize, size: usize) -> Body {
        let piece = Bytes::from(vec![b'x'; size]);
        Body::from_stream(stream::iter(vec![Ok::<_, Infallible>(piece); count]))
    }

    fn headers(list: &[(&'static str, &'static str)]) -> HeaderMap {
        let header = |(name, value): &(&'static str, &'static str)| (name.parse().unwrap(), value.parse().unwrap());
        list.iter().map(header).collect()
    }

    const SOON: Duration = Duration::from_millis(50);
    const NEVER: Duration = Duration::from_secs(3_600);

    #[tokio::test]
    async fn a_client_that_falls_silent_is_cut_off() {
        let body = Body::from_stream(stream::iter([Ok::<_, Infallible>("PK")]).chain(stream::pending()));
        let mut body = PushBody::with_patience(&HeaderMap::new(), body, SOON, NEVER);
        assert_eq!(body.next().await, Some(Ok(Bytes::from("PK"))));
        assert_eq!(body.next().await, Some(Err(BodyProblem::TooSlow)));
        assert_eq!(body.next().await, None);
    }

    #[tokio::test]
    async fn a_client_that_trickles_for_ever_is_cut_off() {
        let trickle = stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            Some((Ok::<_, Infallible>("x"), ()))
        });
        let body = PushBody::with_patience(&HeaderMap::new(), Body::from_stream(trickle), NEVER, SOON);
        let mut problems = body.filter(|piece| std::future::ready(piece.is_err()));
        assert_eq!(problems.next().await, Some(Err(BodyProblem::TooSlow)));
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
