"""Tables of spec/, written by `cargo xtask gen`; nothing here is edited by hand."""
