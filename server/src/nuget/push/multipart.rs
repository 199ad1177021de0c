//! Finds the package in a `multipart/form-data` body while it streams by.
//!
//! Written for what NuGet clients really send, which is more than the standard allows: names without quotes beside a
//! boundary with them, fields before the file, and a bare line feed before the closing boundary with nothing after it.
//! The file is the first part that has a file name or says that it is binary, whatever its name; further parts are
//! ignored.

use bytes::{Bytes, BytesMut};

/// The most bytes that may come before the file: a preamble, and fields.
const MOST_BEFORE_THE_FILE: usize = 1024 * 1024;

/// The most bytes of one part's headers.
const MOST_HEADERS: usize = 16 * 1024;

/// The longest boundary. The standard says 70 characters.
const LONGEST_BOUNDARY: usize = 200;

/// Why there is no package in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum MultipartProblem {
    /// The content type does not say where parts end.
    #[error("The content type multipart/form-data names no boundary.")]
    NoBoundary,
    /// No part is a file.
    #[error("The request holds no package. Send it as a file of a multipart form, or as the whole body.")]
    NoFile,
    /// Something endless where headers or small fields should be.
    #[error("The multipart form is malformed: its package does not begin where it should.")]
    Malformed,
    /// The body ended inside the file.
    #[error("The upload broke off before its end. Push again.")]
    BrokenOff,
}

/// Reads the boundary out of a content type; nothing if it is no multipart at all.
pub(super) fn boundary_of(content_type: &str) -> Option<Result<String, MultipartProblem>> {
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    kind.get(..10)
        .is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
        .then(|| {
            parameter(content_type, "boundary")
                .filter(|boundary| (1..=LONGEST_BOUNDARY).contains(&boundary.len()))
                .ok_or(MultipartProblem::NoBoundary)
        })
}

/// Takes a body piece by piece and gives back what of it belongs to the file.
#[derive(Debug)]
pub(super) struct FileFinder {
    /// Line feed, two hyphens, boundary. The carriage return before it is not asked for.
    delimiter: Vec<u8>,
    buffer: BytesMut,
    skipped: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the file: everything up to the next delimiter is of no interest.
    Skipping,
    /// A part's headers.
    Headers,
    /// The file.
    File,
    /// The file is complete.
    Done,
}

/// What a place in the buffer that looks like a delimiter is.
enum Found {
    /// Nothing like one: this many bytes at the start cannot belong to one.
    Nothing(usize),
    /// It begins here, but more of the body must be seen to know what it is.
    Unclear(usize),
    /// A part begins behind it.
    Part { start: usize, end: usize },
    /// The form ends with it.
    Close { start: usize },
}

impl FileFinder {
    /// Begins a body with this boundary.
    pub(super) fn new(boundary: &str) -> Self {
        let mut delimiter = b"\n--".to_vec();
        delimiter.extend_from_slice(boundary.as_bytes());
        Self {
            delimiter,
            // The first delimiter may stand at the very beginning, without a line before it.
            buffer: BytesMut::from(&b"\n"[..]),
            skipped: 0,
            state: State::Skipping,
        }
    }

    /// Whether the file is complete, so that the rest of the body is of no interest.
    pub(super) fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Takes the next piece of the body; gives what is now known to belong to the file, which may be nothing.
    ///
    /// # Errors
    /// When the body cannot hold a package.
    pub(super) fn take(&mut self, piece: &[u8]) -> Result<Bytes, MultipartProblem> {
        if self.state == State::Done {
            return Ok(Bytes::new());
        }
        self.buffer.extend_from_slice(piece);
        loop {
            let go_on = match self.state {
                State::Skipping => self.skip()?,
                State::Headers => self.read_headers()?,
                State::File => return Ok(self.file_bytes()),
                State::Done => return Ok(Bytes::new()),
            };
            if !go_on {
                return Ok(Bytes::new());
            }
        }
    }

    /// Ends the body.
    ///
    /// # Errors
    /// When the file has not come, or not to its end.
    pub(super) fn end(&self) -> Result<(), MultipartProblem> {
        match self.state {
            State::Done => Ok(()),
            State::Skipping => Err(MultipartProblem::NoFile),
            State::Headers | State::File => Err(MultipartProblem::BrokenOff),
        }
    }

    fn skip(&mut self) -> Result<bool, MultipartProblem> {
        match self.find_delimiter() {
            Found::Nothing(useless) | Found::Unclear(useless) => {
                self.pass(useless)?;
                Ok(false)
            }
            Found::Part { end, .. } => {
                self.pass(end)?;
                self.state = State::Headers;
                Ok(true)
            }
            Found::Close { .. } => Err(MultipartProblem::NoFile),
        }
    }

    fn pass(&mut self, bytes: usize) -> Result<(), MultipartProblem> {
        self.skipped = self.skipped.saturating_add(bytes);
        if self.skipped > MOST_BEFORE_THE_FILE {
            return Err(MultipartProblem::Malformed);
        }
        let _ = self.buffer.split_to(bytes.min(self.buffer.len()));
        Ok(())
    }

    fn read_headers(&mut self) -> Result<bool, MultipartProblem> {
        let Some((length, whole)) = headers_end(&self.buffer) else {
            return if self.buffer.len() > MOST_HEADERS {
                Err(MultipartProblem::Malformed)
            } else {
                Ok(false)
            };
        };
        let headers = String::from_utf8_lossy(self.buffer.get(..length).unwrap_or_default()).into_owned();
        if is_file(&headers) {
            self.pass(whole)?;
            self.state = State::File;
        } else {
            // The last line feed stays: an empty field is followed by its delimiter at once.
            self.pass(whole.saturating_sub(1))?;
            self.state = State::Skipping;
        }
        Ok(true)
    }

    fn file_bytes(&mut self) -> Bytes {
        let certain = match self.find_delimiter() {
            Found::Nothing(certain) => certain,
            Found::Unclear(start) => start,
            Found::Part { start, .. } | Found::Close { start } => {
                self.state = State::Done;
                start
            }
        };
        // The carriage return before a line feed belongs to the delimiter.
        let before = certain.checked_sub(1).and_then(|at| self.buffer.get(at));
        let certain = if before == Some(&b'\r') { certain - 1 } else { certain };
        self.buffer.split_to(certain.min(self.buffer.len())).freeze()
    }

    fn find_delimiter(&self) -> Found {
        let mut from = 0;
        while let Some(at) = self.buffer.iter().skip(from).position(|byte| *byte == b'\n') {
            let start = from + at;
            let here = self.buffer.get(start..).unwrap_or_default();
            if let Some(behind) = here.strip_prefix(self.delimiter.as_slice()) {
                match line_end(behind) {
                    LineEnd::Close => return Found::Close { start },
                    LineEnd::At(length) => {
                        let end = start + self.delimiter.len() + length;
                        return Found::Part { start, end };
                    }
                    LineEnd::NotYet => return Found::Unclear(start),
                    LineEnd::Other => {}
                }
            } else if self.delimiter.starts_with(here) {
                return Found::Unclear(start);
            }
            from = start + 1;
        }
        Found::Nothing(self.buffer.len())
    }
}

/// What follows a boundary.
enum LineEnd {
    /// Two hyphens: the form ends.
    Close,
    /// Spaces at most, then a line feed; this many bytes with it.
    At(usize),
    /// More must be seen.
    NotYet,
    /// Something else, so it was no boundary.
    Other,
}

fn line_end(behind: &[u8]) -> LineEnd {
    for (at, byte) in behind.iter().enumerate().take(64) {
        match byte {
            b'\n' => return LineEnd::At(at + 1),
            b'-' if at == 0 => match behind.get(1) {
                Some(b'-') => return LineEnd::Close,
                Some(_) => return LineEnd::Other,
                None => return LineEnd::NotYet,
            },
            b' ' | b'\t' | b'\r' => {}
            _ => return LineEnd::Other,
        }
    }
    if behind.len() < 64 {
        LineEnd::NotYet
    } else {
        LineEnd::Other
    }
}

/// Where a part's headers end: their length, and their length with the empty line behind them.
fn headers_end(buffer: &[u8]) -> Option<(usize, usize)> {
    let mut start = 0;
    loop {
        let rest = buffer.get(start..)?;
        let length = rest.iter().position(|byte| *byte == b'\n')? + 1;
        if matches!(rest.get(..length), Some(b"\n" | b"\r\n")) {
            return Some((start, start + length));
        }
        start += length;
    }
}

/// Whether a part with these headers is a file: it has a file name, or says that it is binary.
fn is_file(headers: &str) -> bool {
    headers.lines().any(|line| {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        if name.trim().eq_ignore_ascii_case("content-disposition") {
            ["filename", "filename*"]
                .iter()
                .any(|wanted| parameter(value, wanted).is_some_and(|name| !name.is_empty()))
        } else {
            name.trim().eq_ignore_ascii_case("content-type")
                && value
                    .trim()
                    .to_ascii_lowercase()
                    .starts_with("application/octet-stream")
        }
    })
}

/// A parameter of a header value such as `form-data; name=package; filename="a;b"`, with or without quotes.
fn parameter(value: &str, wanted: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (text, next) = match after.strip_prefix('"') {
            Some(quoted) => unquote(quoted),
            None => {
                let (text, next) = after.split_once(';').unwrap_or((after, ""));
                (text.trim_end().to_owned(), next)
            }
        };
        if name.trim().trim_start_matches(';').trim().eq_ignore_ascii_case(wanted) {
            return Some(text);
        }
        rest = next;
    }
}

/// The text up to the closing quote, its backslashes resolved, and what follows the quote.
fn unquote(quoted: &str) -> (String, &str) {
    let mut text = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (text, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => text.extend(characters.next().map(|(_, escaped)| escaped)),
            _ => text.push(character),
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::{FileFinder, MultipartProblem, boundary_of};
    use rstest::rstest;

    /// As .NET sends it: names without quotes.
    const DOTNET: &str = "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: form-data; name=package; \
        filename=package.nupkg; filename*=utf-8''package.nupkg\r\n\r\nPK\r\n--b not yet\n--\r\n--b--\r\n";

    /// As NuGet 2.8.7 sends it: a bare line feed before the closing boundary, and nothing after it.
    const OLD: &str = "--b\r\nContent-Disposition: form-data; name=\"package\"; filename=\"package\"\r\nContent-Type: \
        application/octet-stream\r\n\r\nPK\r\n--b not yet\n--\n--b--";

    /// As a browser or curl would: fields before and after it, a preamble, an empty field.
    const FIELDS: &str = "hello\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--b  \r\nContent-Disposition: \
        form-data; name=\"c\"\r\n\r\nfilename=x\r\n--b\r\ncontent-disposition: form-data; filename=\"x;y\\\"z\"\r\n\r\n\
        PK\r\n--b not yet\n--\r\n--b\r\nContent-Disposition: form-data; name=f; filename=g\r\n\r\nother\r\n--b--\r\nbye";

    const FILE: &str = "PK\r\n--b not yet\n--";

    fn find(body: &[u8], piece: usize) -> Result<Vec<u8>, MultipartProblem> {
        let mut finder = FileFinder::new("b");
        let mut file = Vec::new();
        for piece in body.chunks(piece) {
            file.extend_from_slice(&finder.take(piece)?);
        }
        finder.end().map(|()| file)
    }

    #[rstest]
    fn the_file_is_the_same_however_the_body_is_cut(
        #[values(DOTNET, OLD, FIELDS)] body: &str,
        #[values(1, 2, 3, 5, 7, 11, 64, 10_000)] piece: usize,
    ) {
        assert_eq!(String::from_utf8(find(body.as_bytes(), piece).unwrap()).unwrap(), FILE);
    }

    #[rstest]
    #[case("", MultipartProblem::NoFile)]
    #[case("PK", MultipartProblem::NoFile)]
    #[case("--b--", MultipartProblem::NoFile)]
    #[case(
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--",
        MultipartProblem::NoFile
    )]
    #[case(
        "--b\r\nContent-Disposition: form-data; name=a; filename=\"\"\r\n\r\nx\r\n--b--",
        MultipartProblem::NoFile
    )]
    #[case("--b\r\nContent-Disposition: form-data; filename=a", MultipartProblem::BrokenOff)]
    #[case(
        "--b\r\nContent-Disposition: form-data; filename=a\r\n\r\nPK",
        MultipartProblem::BrokenOff
    )]
    #[case(
        "--b\r\nContent-Disposition: form-data; filename=a\r\n\r\nPK\r\n--b",
        MultipartProblem::BrokenOff
    )]
    fn a_body_without_a_whole_file_is_refused(#[case] body: &str, #[case] problem: MultipartProblem) {
        assert_eq!(find(body.as_bytes(), 3), Err(problem));
    }

    #[test]
    fn what_is_endless_before_the_file_is_refused() {
        let fields = vec![b'x'; 2 << 20];
        assert_eq!(find(&fields, 4096), Err(MultipartProblem::Malformed));
        let headers = [b"--b\r\n".as_slice(), &vec![b'x'; 20_000]].concat();
        assert_eq!(find(&headers, 4096), Err(MultipartProblem::Malformed));
    }

    #[rstest]
    #[case("multipart/form-data; boundary=b", Some(Ok("b")))]
    #[case("Multipart/Form-Data;charset=utf-8; BOUNDARY=\"a b\"", Some(Ok("a b")))]
    #[case("multipart/form-data; boundary=\"\"", Some(Err(MultipartProblem::NoBoundary)))]
    #[case("multipart/form-data", Some(Err(MultipartProblem::NoBoundary)))]
    #[case("application/octet-stream; boundary=b", None)]
    #[case("", None)]
    fn the_boundary_is_read_out_of_the_content_type(
        #[case] content_type: &str,
        #[case] expected: Option<Result<&str, MultipartProblem>>,
    ) {
        assert_eq!(
            boundary_of(content_type),
            expected.map(|found| found.map(str::to_owned))
        );
    }
}
