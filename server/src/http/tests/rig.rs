//! A program in memory with one desk account and one case, asked as a browser asks.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use bytes::Bytes;
use ed25519_dalek::SigningKey;
use http_body_util::BodyExt as _;
use pingyi_core::Command;
use pingyi_core::command::{RosterEntry, SubjectEntry};
use pingyi_core::ids::{PersonId, SubjectId};
use pingyi_core::roster::PersonKind;
use pingyi_core::stamp::Actor;
use pingyi_core::subject::{DocumentKind, ReportForm};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::blobs::Blobs;
use crate::body::BodyHandle;
use crate::case_file::Archive;
use crate::clock::Clock;
use crate::conductor::{Registry, RegistryParts, Wish};
use crate::doors::{Doors, PublicAddress};
use crate::http::{AppState, Outer, OuterParts, router};
use crate::journal::{Journal, MemoryJournal};
use crate::protocol::Verdict;
use crate::vault::Vault;

pub const ADDRESS: &str = "http://192.168.1.20:8080";
/// Exactly as long as it must be.
pub const PASSWORD: &str = "一段相当长的口令";
const START_MS: i64 = 1_790_000_000_000;

pub struct Rig {
    pub app: AppState,
    router: Router,
    hand: Arc<AtomicI64>,
    _folder: tempfile::TempDir,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {:?}", self.bytes))
    }
    /// Status and code of a problem.
    pub fn problem(&self) -> (u16, String) {
        (
            self.status.as_u16(),
            self.json()["code"].as_str().unwrap_or_default().to_owned(),
        )
    }
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{:?}", self.bytes);
        self.json()
    }
}

/// One request in the making.
pub struct Ask {
    request: axum::http::request::Builder,
    peer: SocketAddr,
    body: Body,
}

pub fn get(path: &str) -> Ask {
    Ask::new("GET", path, Body::empty())
}

pub fn post(path: &str, body: &Value) -> Ask {
    Ask::new("POST", path, Body::from(body.to_string())).header("content-type", "application/json")
}

pub fn upload(path: &str, bytes: impl Into<Body>) -> Ask {
    Ask::new("POST", path, bytes.into())
}

impl Ask {
    fn new(method: &str, path: &str, body: Body) -> Ask {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "192.168.1.20:8080");
        Ask {
            request,
            peer: "192.168.1.9:50000".parse().unwrap(),
            body,
        }
    }
    pub fn header(mut self, name: &str, value: &str) -> Ask {
        self.request = self.request.header(name, value);
        self
    }
    pub fn bearer(self, bearer: &str) -> Ask {
        self.header("authorization", &format!("Bearer {bearer}"))
    }
    pub fn from(mut self, peer: &str) -> Ask {
        self.peer = format!("{peer}:50000").parse().unwrap();
        self
    }
}

impl Rig {
    /// Nobody has set it up yet. Gives the set-up secret too.
    pub async fn new() -> (Rig, String) {
        let folder = tempfile::tempdir().unwrap();
        let journal: Arc<dyn Journal> = Arc::new(MemoryJournal::default());
        let (clock, hand) = Clock::manual(START_MS);
        let registry = Registry::new(RegistryParts {
            journal: journal.clone(),
            clock: clock.clone(),
            office: Arc::new(crate::conductor::NoOffice),
        });
        let body = BodyHandle::open(journal.clone()).await.unwrap();
        let vault = Arc::new(Vault::open(folder.path()).unwrap());
        let blobs = Arc::new(Blobs::open(folder.path()).unwrap());
        let address = PublicAddress::new(8080, Some(ADDRESS)).unwrap();
        let doors = Arc::new(Doors::new(vault.clone(), address));
        let secret = doors.links.new_setup().unwrap();
        let office = crate::ballot_office::Office::new(
            folder.path().to_owned(),
            vault.clone(),
            blobs.clone(),
            Arc::new(|_: &str| {}),
        );
        let archive = Arc::new(Archive::new(journal, blobs.clone(), folder.path()));
        let app = Outer::new(OuterParts {
            registry,
            body,
            vault,
            blobs,
            doors,
            office,
            archive,
            clock,
        });
        (
            Rig {
                router: router(app.clone()),
                app,
                hand,
                _folder: folder,
            },
            secret,
        )
    }

    /// Set up, signed in at the desk, one case. Gives the desk's bearer and the case.
    pub async fn ready() -> (Rig, String, Uuid) {
        let (rig, secret) = Rig::new().await;
        let desk = rig.ask(post("/api/setup", &setup_form(&secret))).await.ok()["bearer"]
            .as_str()
            .unwrap()
            .to_owned();
        let id = rig.create(&desk).await;
        (rig, desk, id)
    }

    pub async fn create(&self, desk: &str) -> Uuid {
        let form = json!({ "title": "2026年述职评议", "body_name": "某区人大常委会", "session_name": "第十二次会议", "held_on": "2026-11-24" });
        let created = self.ask(post("/api/appraisals", &form).bearer(desk)).await.ok();
        created["id"].as_str().unwrap().parse().unwrap()
    }

    pub async fn ask(&self, ask: Ask) -> Answer {
        let mut request = ask.request.body(ask.body).unwrap();
        request.extensions_mut().insert(ConnectInfo(ask.peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    pub fn pass(&self, seconds: i64) {
        self.hand.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    pub fn hall_code(&self, case: Uuid) -> String {
        self.app.doors.hall_codes.current(case, self.app.clock.now_ms()).code
    }

    pub async fn order(&self, case: Uuid, actor: Actor, command: Command) -> Verdict {
        self.app
            .registry
            .get(case)
            .unwrap()
            .submit(Wish::fresh(actor, command))
            .await
            .unwrap()
    }

    #[track_caller]
    fn accepted(verdict: &Verdict) {
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
    }

    pub async fn desk_order(&self, case: Uuid, command: Command) {
        Self::accepted(&self.order(case, Actor::Desk { account: 1 }, command).await);
    }

    /// Members with PIN 1000 + number.
    pub async fn members(&self, case: Uuid, names: &[&str]) {
        for (n, name) in names.iter().enumerate() {
            let person = RosterEntry {
                name: (*name).into(),
                kind: PersonKind::Member,
                title: String::new(),
                group: String::new(),
                seat: format!("{}", n + 1),
            };
            self.desk_order(case, Command::AddPerson { person }).await;
            let person = n as u32 + 1;
            self.app
                .vault
                .set_pin(case, person, &format!("{}", 1_000 + person))
                .unwrap();
        }
    }

    pub fn card(&self, case: Uuid, person: u32, generation: u32) -> String {
        self.app.doors.cards.code(case, PersonId(person), generation)
    }

    pub async fn attach(&self, case: Uuid, digest: &str) {
        let subject = SubjectEntry {
            officer: "张局长".into(),
            post: "局长".into(),
            unit: "区教育局".into(),
            report: ReportForm::Oral,
        };
        self.desk_order(case, Command::AddSubject { subject }).await;
        let command = Command::AttachDocument {
            subject: SubjectId(1),
            digest: digest.into(),
            kind: DocumentKind::Pdf,
            file_name: "述职报告.pdf".into(),
            size_bytes: 20,
        };
        self.desk_order(case, command).await;
    }
}

pub fn setup_form(secret: &str) -> Value {
    json!({ "secret": secret, "body_name": "某区人大常委会", "account": "办公室", "password": PASSWORD })
}

/// The public key of one of the hall's phones.
pub fn phone(n: u8) -> String {
    let key = SigningKey::from_bytes(&[n; 32]).verifying_key();
    key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn card_form(code: &str, phone_number: u8) -> Value {
    json!({ "code": code, "device_key": phone(phone_number) })
}

pub fn hall_form(code: &str, name: &str, pin: &str, phone_number: u8) -> Value {
    json!({ "hall_code": code, "name": name, "pin": pin, "device_key": phone(phone_number) })
}
