/// A simple simulation of Prometheus's rule manager: maps and lists, nothing remembered that can be
/// worked out again. Source of the semantics: Prometheus, rules/manager.go, group.go, alerting.go
/// and recording.go.
@NullMarked
package dev.tocsin.bench.contract.reference;

import org.jspecify.annotations.NullMarked;
