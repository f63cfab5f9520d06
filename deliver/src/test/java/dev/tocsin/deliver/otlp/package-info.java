/// Tests.
@NullMarked
package dev.tocsin.deliver.otlp;

import org.jspecify.annotations.NullMarked;
