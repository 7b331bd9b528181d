//! Calls over HTTP to a running program, one connection each.

use crate::protocol::Problem;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
pub use hyper::Method;
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;

/// Why a call has no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The program understood and says no.
    #[error("{status}: {problem}")]
    Problem { status: u16, problem: Problem },
    #[error("answer {status} is not understood: {text}")]
    Answer { status: u16, text: String },
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Http(#[from] hyper::Error),
}

/// `GET` with an optional bearer; the answer is JSON. `host` is `address:port`.
pub async fn get<T: DeserializeOwned>(host: &str, path: &str, bearer: Option<&str>) -> Result<T, CallError> {
    read(send(host, Method::GET, path, bearer, None).await?)
}

/// `POST` of a JSON body.
pub async fn post<T: DeserializeOwned>(
    host: &str,
    path: &str,
    bearer: Option<&str>,
    body: &impl Serialize,
) -> Result<T, CallError> {
    let body = serde_json::to_vec(body).map_err(std::io::Error::other)?;
    read(send(host, Method::POST, path, bearer, Some(("application/json", body))).await?)
}

/// Any call; the answer as it came.
pub async fn send(
    host: &str,
    method: Method,
    path: &str,
    bearer: Option<&str>,
    body: Option<(&str, Vec<u8>)>,
) -> Result<(StatusCode, Bytes), CallError> {
    let stream = TcpStream::connect(host).await?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let driver = tokio::spawn(connection);
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, host);
    if let Some(bearer) = bearer {
        request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
    }
    let (kind, bytes) = body.unwrap_or(("application/json", Vec::new()));
    let request = request
        .header(header::CONTENT_TYPE, kind)
        .body(Full::new(Bytes::from(bytes)))
        .map_err(std::io::Error::other)?;
    let answer = sender.send_request(request).await?;
    let status = answer.status();
    let bytes = answer.into_body().collect().await?.to_bytes();
    driver.abort();
    Ok((status, bytes))
}

fn read<T: DeserializeOwned>((status, bytes): (StatusCode, Bytes)) -> Result<T, CallError> {
    let unread = || CallError::Answer {
        status: status.as_u16(),
        text: String::from_utf8_lossy(&bytes).chars().take(200).collect(),
    };
    if status.is_success() {
        return serde_json::from_slice(&bytes).map_err(|_| unread());
    }
    match serde_json::from_slice(&bytes) {
        Ok(problem) => Err(CallError::Problem {
            status: status.as_u16(),
            problem,
        }),
        Err(_) => Err(unread()),
    }
}
