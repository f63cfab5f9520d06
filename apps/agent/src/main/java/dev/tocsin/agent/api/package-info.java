/// The HTTP API: Prometheus's paths, parameters and JSON.
@NullMarked
package dev.tocsin.agent.api;

import org.jspecify.annotations.NullMarked;
