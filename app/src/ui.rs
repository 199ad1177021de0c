//! The controls that all pages are made of. Each is written once, with its label, its role and its focus, and looks as
//! the style sheet of the same name says.

pub(crate) mod button;
pub(crate) mod checkbox;
pub(crate) mod command;
pub(crate) mod confirm_dialog;
pub(crate) mod copy_button;
pub(crate) mod empty_state;
pub(crate) mod facts;
pub(crate) mod field;
pub(crate) mod fieldset;
pub(crate) mod file_field;
pub(crate) mod filter;
pub(crate) mod form;
pub(crate) mod form_state;
pub(crate) mod icon;
pub(crate) mod notice;
pub(crate) mod number;
pub(crate) mod package_owner;
pub(crate) mod pages;
pub(crate) mod picture;
pub(crate) mod query_form;
pub(crate) mod radio;
pub(crate) mod rows;
pub(crate) mod scopes;
pub(crate) mod select;
pub(crate) mod selection;
pub(crate) mod tabs;
pub(crate) mod text_area;
pub(crate) mod text_field;
pub(crate) mod time;
pub(crate) mod why;
