//! The edge of plain requests.
pub mod assets;
pub struct Outer { pub registry: crate::conductor::Registry, pub body: crate::body::BodyHandle, pub vault: std::sync::Arc<crate::vault::Vault>, pub blobs: std::sync::Arc<crate::blobs::Blobs>, pub doors: std::sync::Arc<crate::doors::Doors>, pub clock: crate::clock::Clock }
pub fn router(_o: std::sync::Arc<Outer>) -> axum::Router { axum::Router::new().fallback(assets::serve) }
