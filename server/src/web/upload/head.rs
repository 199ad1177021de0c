//! A limit on what a form may say before its file begins.
//!
//! The multipart reader keeps the headers of a part whole in memory, however long they are, and looks through them
//! again with every piece. So the body is looked at before the reader gets it.

use axum::body::{Body, Bytes};
use futures::{StreamExt, future};
use std::io;

/// The longest beginning: the boundary and the headers of the one part, with the file's name. Browsers send some 300
/// bytes.
const LONGEST: usize = 16 << 10;

/// The line that ends the headers of a part.
const END: &[u8] = b"\r\n\r\n";

/// The same body, which breaks off if the first part's headers do not end soon.
pub(super) fn bounded(body: Body) -> Body {
    let mut beginning: Option<Vec<u8>> = Some(Vec::new());
    Body::from_stream(body.into_data_stream().map(move |piece| -> io::Result<Bytes> {
        let piece = piece.map_err(io::Error::other)?;
        if let Some(seen) = &mut beginning {
            seen.extend(piece.iter().take(LONGEST));
            if seen.windows(END.len()).any(|window| window == END) {
                beginning = None;
            } else if seen.len() >= LONGEST {
                return Err(io::Error::other("the headers of the form do not end"));
            }
        }
        Ok(piece)
    }))
}

/// Reads a body that nobody wants, up to a number of bytes: a browser that is still sending does not listen.
pub(in crate::web) async fn read_on(body: Body, most: u64) {
    let mut left = most;
    body.into_data_stream()
        .take_while(move |piece| {
            let length = piece.as_ref().map_or(u64::MAX, |bytes| bytes.len() as u64);
            let goes_on = length <= left;
            left = left.saturating_sub(length);
            future::ready(goes_on)
        })
        .for_each(|_| future::ready(()))
        .await;
}

#[cfg(test)]
mod tests {
    use super::bounded;
    use axum::body::{Body, to_bytes};

    #[tokio::test]
    async fn headers_that_never_end_break_the_body_off() {
        let endless = Body::from(vec![b'a'; 1 << 20]);
        assert!(to_bytes(bounded(endless), usize::MAX).await.is_err());
    }

    #[tokio::test]
    async fn a_form_with_short_headers_passes_whole() {
        let mut form = b"--b\r\nContent-Disposition: form-data; name=package; filename=a\r\n\r\n".to_vec();
        form.resize(1 << 20, b'x');
        let passed = to_bytes(bounded(Body::from(form.clone())), usize::MAX).await.unwrap();
        assert_eq!(passed, form);
    }
}
