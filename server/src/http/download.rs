//! Answers that are saved and never shown: what was uploaded must not run as a page of ours.

use std::fmt::Write as _;
use std::fs::File;

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::Response;
use bytes::BytesMut;
use futures_util::stream;
use tokio::io::AsyncReadExt as _;

/// Read from the disk at once.
const PIECE_BYTES: usize = 256 * 1024;

pub fn download(bytes: impl Into<Body>, mime: &'static str, file_name: &str) -> Response {
    let mut response = Response::new(bytes.into());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(mime));
    headers.insert(CONTENT_DISPOSITION, disposition(file_name));
    response
}

/// A file that passes through in pieces and is gone afterwards.
pub fn download_file(file: File, size_bytes: u64, mime: &'static str, file_name: &str) -> Response {
    let pieces = stream::try_unfold(tokio::fs::File::from_std(file), |mut file| async move {
        let mut piece = BytesMut::with_capacity(PIECE_BYTES);
        let got = file.read_buf(&mut piece).await?;
        Ok::<_, std::io::Error>((got > 0).then(|| (piece.freeze(), file)))
    });
    let mut response = download(Body::from_stream(pieces), mime, file_name);
    response
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(size_bytes));
    response
}

/// RFC 6266: the name in UTF-8, percent-encoded.
fn disposition(file_name: &str) -> HeaderValue {
    let mut name = String::new();
    for byte in file_name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            name.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(name, "%{byte:02X}");
        }
    }
    HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(
            disposition("述职\r\nX: \"报告\".docx"),
            "attachment; filename*=UTF-8''%E8%BF%B0%E8%81%8C%0D%0AX%3A%20%22%E6%8A%A5%E5%91%8A%22.docx"
        );
    }
}
