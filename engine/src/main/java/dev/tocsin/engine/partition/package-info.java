/// Into which independent parts the series of a rule fall: by which labels its expression can be
/// evaluated part by part.
@NullMarked
package dev.tocsin.engine.partition;

import org.jspecify.annotations.NullMarked;
