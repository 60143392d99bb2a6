//! What `build` does on a healthy site, and what the program says.

mod posts;
mod program;
mod settings;
