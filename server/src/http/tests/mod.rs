//! Every call as a page makes it, and every way in which it says no.

mod desk;
mod edge;
mod papers;
mod rig;
mod rules;
mod sign_in;
