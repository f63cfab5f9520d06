/// Numbers, durations and suggestions as Prometheus users read and write them.
@NullMarked
package dev.tocsin.model.text;

import org.jspecify.annotations.NullMarked;
