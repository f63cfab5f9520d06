/// OTLP metrics over HTTP: how samples are written.
@NullMarked
package dev.tocsin.deliver.otlp;

import org.jspecify.annotations.NullMarked;
