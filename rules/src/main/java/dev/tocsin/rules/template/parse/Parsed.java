package dev.tocsin.rules.template.parse;

import java.util.Map;

/// A whole template.
///
/// @param main what is executed
/// @param defined the bodies of `define` and `block`, by name
public record Parsed(Node.Body main, Map<String, Node.Body> defined) {}
