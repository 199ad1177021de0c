//! The shape of a package's signature.
//!
//! A signature is DER-encoded CMS signed data (RFC 5652). Whom it is from is the clients' business; what is checked here
//! is that it is one, so that "signed" on a page is not a lie of the simplest kind.

/// 1.2.840.113549.1.7.2, the object identifier of signed data.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

const INTEGER: u8 = 0x02;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const TAGGED_0: u8 = 0xa0;
const TAGGED_1: u8 = 0xa1;

/// Whether the bytes are signed data with at least one signer.
pub(crate) fn is_signed_data(bytes: &[u8]) -> bool {
    signer(bytes).is_some()
}

/// Walks to the first signer's information.
fn signer(bytes: &[u8]) -> Option<&[u8]> {
    let mut file = Der(bytes);
    let mut info = Der(file.take(SEQUENCE)?);
    file.end()?;
    if info.take(OBJECT_IDENTIFIER)? != SIGNED_DATA {
        return None;
    }
    let mut content = Der(info.take(TAGGED_0)?);
    info.end()?;
    let mut data = Der(content.take(SEQUENCE)?);
    content.end()?;

    data.take(INTEGER)?;
    data.take(SET)?;
    let mut signed = Der(data.take(SEQUENCE)?);
    signed.take(OBJECT_IDENTIFIER)?;
    for optional in [TAGGED_0, TAGGED_1] {
        if data.next_is(optional) {
            data.take(optional)?;
        }
    }
    let mut signers = Der(data.take(SET)?);
    data.end()?;
    signers.take(SEQUENCE)
}

/// DER values one after the other.
struct Der<'bytes>(&'bytes [u8]);

impl<'bytes> Der<'bytes> {
    fn next_is(&self, tag: u8) -> bool {
        self.0.first() == Some(&tag)
    }

    /// The content of the next value, if it has this tag and a definite length that the bytes can hold.
    fn take(&mut self, tag: u8) -> Option<&'bytes [u8]> {
        let (found, rest) = self.0.split_first()?;
        let (first, rest) = rest.split_first()?;
        let (length, rest) = match *first {
            short @ 0..=0x7f => (usize::from(short), rest),
            long @ 0x81..=0x84 => {
                let (digits, rest) = rest.split_at_checked(usize::from(long - 0x80))?;
                (
                    digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)),
                    rest,
                )
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        (*found == tag).then_some(content)
    }

    fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn der(tag: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![tag, 0x82];
        bytes.extend(u16::try_from(content.len()).unwrap().to_be_bytes());
        bytes.extend(content);
        bytes
    }

    fn signature(signers: &[u8]) -> Vec<u8> {
        let algorithms = der(SET, &[]);
        let signed = der(SEQUENCE, &der(OBJECT_IDENTIFIER, &[0x2a]));
        let certificates = der(TAGGED_0, &[0x30, 0x00]);
        let parts = [der(INTEGER, &[1]), algorithms, signed, certificates, der(SET, signers)].concat();
        let content = der(TAGGED_0, &der(SEQUENCE, &parts));
        der(SEQUENCE, &[der(OBJECT_IDENTIFIER, SIGNED_DATA), content].concat())
    }

    #[test]
    fn signed_data_has_a_signer() {
        assert!(is_signed_data(&signature(&[0x30, 0x00])));
        assert!(!is_signed_data(&signature(&[])));
    }

    #[test]
    fn nothing_follows_signed_data() {
        let mut bytes = signature(&[0x30, 0x00]);
        bytes.push(0);
        assert!(!is_signed_data(&bytes));
    }

    #[test]
    fn any_prefix_is_no_signed_data() {
        let bytes = signature(&[0x30, 0x00]);
        assert!((0..bytes.len()).all(|length| !is_signed_data(&bytes[..length])));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..64), place in 0_usize..64) {
            let _ = is_signed_data(&bytes);
            let valid = signature(&[0x30, 0x00]);
            if let Some(target) = bytes.get_mut(place) {
                *target = valid[place % valid.len()];
            }
            let _ = is_signed_data(&bytes);
        }
    }
}
