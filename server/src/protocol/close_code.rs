//! Why a socket is closed and whether to come back. 4000–4099: come back with your position. 4100–4199: do not come
//! back as you are.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseCode {
    /// The page read too slowly; its queue was full.
    SlowReader,
    /// The server is stopping or restarting.
    GoingAway,
    /// Disk or case stopped; nothing was lost that had a receipt.
    Fault,
    /// Nothing was heard for too long.
    Silent,
    /// Too many sockets or commands; come back a little later.
    TooBusy,
    BadMessage,
    TooLarge,
    WrongVersion,
    SignInRequired,
    MovedToOtherDevice,
    CredentialReissued,
    NoSuchAppraisal,
    WrongOrigin,
}

impl CloseCode {
    pub const ALL: [CloseCode; 13] = [
        CloseCode::SlowReader,
        CloseCode::GoingAway,
        CloseCode::Fault,
        CloseCode::Silent,
        CloseCode::TooBusy,
        CloseCode::BadMessage,
        CloseCode::TooLarge,
        CloseCode::WrongVersion,
        CloseCode::SignInRequired,
        CloseCode::MovedToOtherDevice,
        CloseCode::CredentialReissued,
        CloseCode::NoSuchAppraisal,
        CloseCode::WrongOrigin,
    ];

    pub const fn number(self) -> u16 {
        match self {
            CloseCode::SlowReader => 4001,
            CloseCode::GoingAway => 4002,
            CloseCode::Fault => 4003,
            CloseCode::Silent => 4004,
            CloseCode::TooBusy => 4005,
            CloseCode::BadMessage => 4101,
            CloseCode::TooLarge => 4102,
            CloseCode::WrongVersion => 4103,
            CloseCode::SignInRequired => 4104,
            CloseCode::MovedToOtherDevice => 4105,
            CloseCode::CredentialReissued => 4106,
            CloseCode::NoSuchAppraisal => 4107,
            CloseCode::WrongOrigin => 4108,
        }
    }

    pub const fn reason(self) -> &'static str {
        match self {
            CloseCode::SlowReader => "slow_reader",
            CloseCode::GoingAway => "going_away",
            CloseCode::Fault => "fault",
            CloseCode::Silent => "silent",
            CloseCode::TooBusy => "too_busy",
            CloseCode::BadMessage => "bad_message",
            CloseCode::TooLarge => "too_large",
            CloseCode::WrongVersion => "wrong_version",
            CloseCode::SignInRequired => "sign_in_required",
            CloseCode::MovedToOtherDevice => "moved_to_other_device",
            CloseCode::CredentialReissued => "credential_reissued",
            CloseCode::NoSuchAppraisal => "no_such_appraisal",
            CloseCode::WrongOrigin => "wrong_origin",
        }
    }

    /// Whether the page should come back with its position.
    pub const fn come_back(self) -> bool {
        self.number() < 4100
    }
}
