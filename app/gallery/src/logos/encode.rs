//! Reads a picture in bounded memory, and writes it anew as a small PNG: nothing of the file but its pixels is kept.

use domain::settings::LogoProblem;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// The longest side of a picture that is decoded.
const LONGEST_DECODED: u32 = 4_096;

/// The most memory that the pixels of a picture may take.
const MEMORY: u64 = 64 << 20;

/// The longest side of a logo.
const LONGEST_KEPT: u32 = 512;

/// The picture as a PNG of at most 512 by 512 pixels, upright; of an animation, its first picture.
pub(super) fn encode_anew(bytes: &[u8]) -> Result<Vec<u8>, LogoProblem> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| LogoProblem::Broken)?;
    if !matches!(
        reader.format(),
        Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)
    ) {
        return Err(LogoProblem::Format);
    }
    // The decoder's own needs come on top of the pixels.
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(2 * MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| LogoProblem::Broken)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > LONGEST_DECODED || decoder.total_bytes() > MEMORY {
        return Err(LogoProblem::TooManyPixels);
    }
    let orientation = decoder.orientation().map_err(|_| LogoProblem::Broken)?;
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| LogoProblem::Broken)?;
    let mut picture = if width.max(height) > LONGEST_KEPT {
        picture.resize(LONGEST_KEPT, LONGEST_KEPT, FilterType::CatmullRom)
    } else {
        picture
    };
    picture.apply_orientation(orientation);
    let mut png = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(picture.into_rgba8())
        .write_to(&mut png, ImageFormat::Png)
        .map_err(|_| LogoProblem::Broken)?;
    Ok(png.into_inner())
}

#[cfg(test)]
mod tests {
    use super::encode_anew;
    use domain::settings::LogoProblem;
    use image::{DynamicImage, ImageFormat, RgbaImage};
    use rstest::rstest;
    use std::io::Cursor;

    fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let pixels = RgbaImage::from_fn(width, height, |x, y| image::Rgba([x as u8, y as u8, 90, 255]));
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgba8(pixels);
        let picture = match format {
            ImageFormat::Jpeg => DynamicImage::ImageRgb8(picture.into_rgb8()),
            _ => picture,
        };
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn kept(bytes: &[u8]) -> (u32, u32) {
        let png = encode_anew(bytes).unwrap();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        let read = image::load_from_memory_with_format(&png, ImageFormat::Png).unwrap();
        (read.width(), read.height())
    }

    #[rstest]
    #[case(ImageFormat::Png)]
    #[case(ImageFormat::Jpeg)]
    #[case(ImageFormat::WebP)]
    fn a_picture_becomes_a_small_png(#[case] format: ImageFormat) {
        assert_eq!(kept(&picture(40, 30, format)), (40, 30));
        assert_eq!(kept(&picture(1_024, 256, format)), (512, 128));
    }

    #[rstest]
    #[case(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")]
    #[case(b"<?xml version='1.0'?><svg/>")]
    #[case(b"GIF89a\x01\0\x01\0\0\0\0;")]
    #[case(b"BM whatever")]
    #[case(b"not a picture at all")]
    fn what_is_none_of_the_three_is_refused(#[case] bytes: &[u8]) {
        assert_eq!(encode_anew(bytes), Err(LogoProblem::Format));
    }

    #[rstest]
    #[case(ImageFormat::Png)]
    #[case(ImageFormat::WebP)]
    fn half_a_picture_is_refused(#[case] format: ImageFormat) {
        let bytes = picture(200, 200, format);
        for length in [bytes.len() / 2, 40, 16] {
            let half = bytes.get(..length).unwrap();
            assert_eq!(encode_anew(half), Err(LogoProblem::Broken), "{length}");
        }
    }

    #[test]
    fn a_few_bytes_that_claim_to_be_huge_are_not_decoded() {
        let mut bomb = picture(1, 1, ImageFormat::Png);
        for (at, side) in [(16, 60_000_u32), (20, 60_000)] {
            bomb.splice(at..at + 4, side.to_be_bytes());
        }
        let checksum = crc(bomb.get(12..29).unwrap());
        bomb.splice(29..33, checksum.to_be_bytes());
        assert_eq!(encode_anew(&bomb), Err(LogoProblem::TooManyPixels));
        assert_eq!(
            encode_anew(&picture(4_097, 1, ImageFormat::Png)),
            Err(LogoProblem::TooManyPixels)
        );
    }

    #[test]
    fn an_animation_becomes_its_first_picture() {
        let still = picture(20, 10, ImageFormat::Png);
        // What makes a PNG move: how many pictures there are, and how long the first one stands.
        let animation = chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
        let mut control = vec![0; 26];
        control.splice(4..12, [0, 0, 0, 20, 0, 0, 0, 10]);
        control.splice(20..24, [0, 1, 0, 10]);
        let first = chunk(b"fcTL", &control);
        let (start, rest) = still.split_at(33);
        let moving = [start, &animation, &first, rest].concat();
        assert_eq!(encode_anew(&moving).unwrap(), encode_anew(&still).unwrap());
    }

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let body = [kind.as_slice(), data].concat();
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [length.as_slice(), &body, &crc(&body).to_be_bytes()].concat()
    }

    #[test]
    fn every_cut_and_every_flipped_byte_is_survived() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let bytes = picture(9, 7, format);
            for at in 0..bytes.len() {
                let _ = encode_anew(bytes.get(..at).unwrap());
                let mut flipped = bytes.clone();
                if let Some(byte) = flipped.get_mut(at) {
                    *byte ^= 0xff;
                }
                let _ = encode_anew(&flipped);
            }
        }
    }

    /// The checksum of a PNG's chunk, which a hostile file has right.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xedb8_8320
                } else {
                    crc >> 1
                }
            })
        })
    }
}
