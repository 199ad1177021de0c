//! Packages on their way in through the browser: a file becomes a draft, which its uploader reviews and publishes.

mod discard;
mod kept;
mod publish;
mod read;
mod receive;
mod review;

pub use discard::discard;
pub use publish::publish;
pub use read::{draft, icon, page};
pub use receive::{DraftLimits, receive};
