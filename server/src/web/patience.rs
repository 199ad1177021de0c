//! Patience with senders, which has an end: a body that stands still, or that trickles in for ever, is broken off. Else
//! whoever opens connections and says nothing would keep them all.

use super::upload::UPLOAD;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures::{Stream, StreamExt};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// How long a sender may be silent.
pub(crate) const LONGEST_SILENCE: Duration = Duration::from_secs(30);

/// How long a whole package may take.
pub(crate) const LONGEST_PACKAGE: Duration = Duration::from_secs(60 * 60);

/// How long a whole form may take: it has a few kilobytes.
const LONGEST_FORM: Duration = Duration::from_secs(60);

/// Why a body did not come to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BodyProblem {
    /// The sender went away.
    #[error("The upload broke off before its end. Push again.")]
    BrokenOff,
    /// The sender said nothing for too long.
    #[error("The upload stood still for too long. Push again.")]
    TooSlow,
}

/// A body that ends with a [`BodyProblem`] when patience does.
pub(crate) struct Patient {
    stream: BodyDataStream,
    ended: bool,
    silence: Duration,
    until: Instant,
    alarm: Pin<Box<Sleep>>,
}

impl Patient {
    /// Waits so long for each piece of the body, and so long for the whole.
    pub(crate) fn new(body: Body, silence: Duration, whole: Duration) -> Self {
        Self {
            stream: body.into_data_stream(),
            ended: false,
            silence,
            until: Instant::now() + whole,
            alarm: Box::pin(sleep(silence.min(whole))),
        }
    }

    /// Whether nothing will come any more.
    pub(crate) const fn has_ended(&self) -> bool {
        self.ended
    }
}

impl Stream for Patient {
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
        let piece = piece.map(|piece| piece.map_err(|_| BodyProblem::BrokenOff));
        if let Some(Ok(_)) = &piece {
            let next = (Instant::now() + self.silence).min(self.until);
            self.alarm.as_mut().reset(next);
        } else {
            self.ended = true;
        }
        Poll::Ready(piece)
    }
}

/// Puts an end to the patience with what browsers send.
pub(crate) async fn end_patience(request: Request, next: Next) -> Response {
    let whole = if request.uri().path() == UPLOAD {
        LONGEST_PACKAGE
    } else {
        LONGEST_FORM
    };
    next.run(request.map(|body| Body::from_stream(Patient::new(body, LONGEST_SILENCE, whole))))
        .await
}

#[cfg(test)]
mod tests {
    use super::{BodyProblem, Patient};
    use axum::body::{Body, Bytes};
    use futures::{StreamExt, stream};
    use std::convert::Infallible;
    use std::time::Duration;

    const SOON: Duration = Duration::from_millis(50);
    const NEVER: Duration = Duration::from_secs(3_600);

    #[tokio::test]
    async fn a_sender_that_falls_silent_is_cut_off() {
        let body = Body::from_stream(stream::iter([Ok::<_, Infallible>("PK")]).chain(stream::pending()));
        let mut body = Patient::new(body, SOON, NEVER);
        assert_eq!(body.next().await, Some(Ok(Bytes::from("PK"))));
        assert_eq!(body.next().await, Some(Err(BodyProblem::TooSlow)));
        assert_eq!(body.next().await, None);
    }

    #[tokio::test]
    async fn a_sender_that_trickles_for_ever_is_cut_off() {
        let trickle = stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_millis(5)).await;
            Some((Ok::<_, Infallible>("x"), ()))
        });
        let body = Patient::new(Body::from_stream(trickle), NEVER, SOON);
        let mut problems = body.filter(|piece| std::future::ready(piece.is_err()));
        assert_eq!(problems.next().await, Some(Err(BodyProblem::TooSlow)));
    }
}
