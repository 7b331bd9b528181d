//! One macro for the types that go over the wire or into the journal, so that none forgets a derive.

/// Derives what every wire type needs; TypeScript declarations only behind the feature.
macro_rules! wire {
    ($($(#[$meta:meta])* $vis:vis $kind:ident $name:ident $body:tt $(;)?)*) => {
        $(
            #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
            $(#[$meta])*
            $vis $kind $name $body
        )*
    };
}

/// The same for small enums without data, which are copied and ordered.
macro_rules! wire_words {
    ($($(#[$meta:meta])* $vis:vis enum $name:ident $body:tt)*) => {
        $(
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
            #[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
            #[serde(rename_all = "snake_case")]
            $(#[$meta])*
            $vis enum $name $body
        )*
    };
}
