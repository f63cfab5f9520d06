/// OTLP beside the senders that people have: the OpenTelemetry SDK and gRPC's own client.
@NullMarked
package dev.tocsin.system.otlp;

import org.jspecify.annotations.NullMarked;
