//! The package's bytes inside the body of a push, whichever way the client wraps them.

use super::body::PushBody;
use super::multipart::{FileFinder, MultipartProblem, boundary_of};
use crate::web::patience::BodyProblem;
use axum::body::Bytes;
use futures::{Stream, StreamExt};
use http::{HeaderMap, header};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Why there is no package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoPackage {
    /// The client did not send what it began.
    #[error(transparent)]
    Body(#[from] BodyProblem),
    /// The form around it is wrong.
    #[error(transparent)]
    Multipart(#[from] MultipartProblem),
}

/// The package as a stream: the first file of a multipart form, or the whole body if it is no form.
pub(super) struct PackageBytes<'a> {
    body: &'a mut PushBody,
    finder: Option<FileFinder>,
    ended: bool,
    /// What went wrong; readers of the stream only learn that something did.
    problem: Option<NoPackage>,
}

impl<'a> PackageBytes<'a> {
    /// Looks for the package in a body with these headers.
    ///
    /// # Errors
    /// When the headers announce a form that cannot be read.
    pub(super) fn new(headers: &HeaderMap, body: &'a mut PushBody) -> Result<Self, NoPackage> {
        let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let boundary = content_type.and_then(boundary_of).transpose()?;
        Ok(Self {
            body,
            finder: boundary.as_deref().map(FileFinder::new),
            ended: false,
            problem: None,
        })
    }

    /// Why the stream broke off, if it did.
    pub(super) const fn problem(&self) -> Option<NoPackage> {
        self.problem
    }

    fn fail(&mut self, problem: NoPackage) -> Poll<Option<Result<Bytes, NoPackage>>> {
        self.ended = true;
        self.problem = Some(problem);
        Poll::Ready(Some(Err(problem)))
    }
}

impl Stream for PackageBytes<'_> {
    type Item = Result<Bytes, NoPackage>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.ended || self.finder.as_ref().is_some_and(FileFinder::is_done) {
                return Poll::Ready(None);
            }
            let piece = match ready!(self.body.poll_next_unpin(context)) {
                Some(Ok(piece)) => piece,
                Some(Err(problem)) => return self.fail(problem.into()),
                None => {
                    self.ended = true;
                    return match self.finder.as_ref().map(FileFinder::end) {
                        Some(Err(problem)) => self.fail(problem.into()),
                        Some(Ok(())) | None => Poll::Ready(None),
                    };
                }
            };
            let Some(finder) = &mut self.finder else {
                return Poll::Ready(Some(Ok(piece)));
            };
            match finder.take(&piece) {
                Ok(bytes) if bytes.is_empty() => {}
                Ok(bytes) => return Poll::Ready(Some(Ok(bytes))),
                Err(problem) => return self.fail(problem.into()),
            }
        }
    }
}
