//! What HTML is, as far as more than one crate has to know it.

pub mod elements;
pub mod foster;
pub mod nesting;
pub mod tokens;
