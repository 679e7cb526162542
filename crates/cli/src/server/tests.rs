use super::*;

#[test]
fn an_endpoint_is_an_address_with_a_path() {
    for (told, wanted) in [
        ("http://localhost:5000/api/logs", "http://localhost:5000"),
        ("https://logs.example.com/", "https://logs.example.com"),
        ("https://logs.example.com", "https://logs.example.com"),
        (" 127.0.0.1:5001 ", "http://127.0.0.1:5001"),
        ("http://[::1]:5000/x?y#z", "http://[::1]:5000"),
    ] {
        assert_eq!(base(told), wanted);
    }
}
