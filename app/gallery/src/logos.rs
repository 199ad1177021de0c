//! The pictures of accounts: uploaded logos, which are decoded and written anew, and pictures made of names.

mod change;
mod encode;
mod generate;
mod read;

pub use change::{put, remove};
pub use read::{Picture, read};
