/// Unit tests of rule files in Prometheus's format: read, run in a real engine at virtual times,
/// and judged as promtool judges them. Nothing is printed, and files come through a function.
/// Source of the format and of the messages: Prometheus 3.14, cmd/promtool.
@NullMarked
package dev.tocsin.engine.unittest;

import org.jspecify.annotations.NullMarked;
