package dev.tocsin.collect.otlp;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The messages of OTLP metrics by the names their fields have in JSON. What is not read
/// (exemplars, metadata, entities) is not here, and skipped like anything unknown. Source:
/// opentelemetry/proto, and the OTLP specification, "JSON Protobuf Encoding".
final class JsonSchema {
  /// How a field's value is written.
  enum Type {
    TEXT,
    TRUTH,
    /// A number of 32 or 64 bits; in JSON as a number or as a text.
    VARINT,
    FOLDED,
    FIXED,
    DOUBLE,
    BYTES,
    MESSAGE
  }

  /// @param message of the field, where it is one
  record Field(int number, Type type, boolean repeated, @Nullable Message message) {}

  /// Its fields by name.
  record Message(Map<String, Field> fields) {
    Message() {
      this(new HashMap<>());
    }

    Message one(int number, String name, Type type) {
      fields.put(name, new Field(number, type, false, null));
      return this;
    }

    Message many(int number, String name, Type type) {
      fields.put(name, new Field(number, type, true, null));
      return this;
    }

    Message one(int number, String name, Message message) {
      fields.put(name, new Field(number, Type.MESSAGE, false, message));
      return this;
    }

    Message many(int number, String name, Message message) {
      fields.put(name, new Field(number, Type.MESSAGE, true, message));
      return this;
    }
  }

  static final Message REQUEST = request();

  private JsonSchema() {}

  private static Message request() {
    Message keyValue = keyValue();
    Message resource = new Message().many(1, "attributes", keyValue);
    Message scope =
        new Message()
            .one(1, "name", Type.TEXT)
            .one(2, "version", Type.TEXT)
            .many(3, "attributes", keyValue);
    Message scopeMetrics =
        new Message()
            .one(1, "scope", scope)
            .many(2, "metrics", metric(keyValue))
            .one(3, "schemaUrl", Type.TEXT);
    Message resourceMetrics =
        new Message().one(1, "resource", resource).many(2, "scopeMetrics", scopeMetrics);
    return new Message().many(1, "resourceMetrics", resourceMetrics);
  }

  private static Message keyValue() {
    Message value = new Message();
    Message keyValue = new Message().one(1, "key", Type.TEXT).one(2, "value", value);
    value
        .one(1, "stringValue", Type.TEXT)
        .one(2, "boolValue", Type.TRUTH)
        .one(3, "intValue", Type.VARINT)
        .one(4, "doubleValue", Type.DOUBLE)
        .one(5, "arrayValue", new Message().many(1, "values", value))
        .one(6, "kvlistValue", new Message().many(1, "values", keyValue))
        .one(7, "bytesValue", Type.BYTES);
    return keyValue;
  }

  private static Message metric(Message keyValue) {
    Message number =
        new Message()
            .many(7, "attributes", keyValue)
            .one(3, "timeUnixNano", Type.FIXED)
            .one(4, "asDouble", Type.DOUBLE)
            .one(6, "asInt", Type.FIXED)
            .one(8, "flags", Type.VARINT);
    return new Message()
        .one(1, "name", Type.TEXT)
        .one(3, "unit", Type.TEXT)
        .one(5, "gauge", data(number))
        .one(7, "sum", counted(number).one(3, "isMonotonic", Type.TRUTH))
        .one(9, "histogram", counted(histogram(keyValue)))
        .one(10, "exponentialHistogram", counted(exponential(keyValue)))
        .one(11, "summary", data(summary(keyValue)));
  }

  private static Message data(Message point) {
    return new Message().many(1, "dataPoints", point);
  }

  private static Message counted(Message point) {
    return data(point).one(2, "aggregationTemporality", Type.VARINT);
  }

  private static Message histogram(Message keyValue) {
    return new Message()
        .many(9, "attributes", keyValue)
        .one(3, "timeUnixNano", Type.FIXED)
        .one(4, "count", Type.FIXED)
        .one(5, "sum", Type.DOUBLE)
        .many(6, "bucketCounts", Type.FIXED)
        .many(7, "explicitBounds", Type.DOUBLE)
        .one(10, "flags", Type.VARINT);
  }

  private static Message exponential(Message keyValue) {
    Message buckets =
        new Message().one(1, "offset", Type.FOLDED).many(2, "bucketCounts", Type.VARINT);
    return new Message()
        .many(1, "attributes", keyValue)
        .one(3, "timeUnixNano", Type.FIXED)
        .one(4, "count", Type.FIXED)
        .one(5, "sum", Type.DOUBLE)
        .one(6, "scale", Type.FOLDED)
        .one(7, "zeroCount", Type.FIXED)
        .one(8, "positive", buckets)
        .one(9, "negative", buckets)
        .one(10, "flags", Type.VARINT)
        .one(14, "zeroThreshold", Type.DOUBLE);
  }

  private static Message summary(Message keyValue) {
    Message quantile = new Message().one(1, "quantile", Type.DOUBLE).one(2, "value", Type.DOUBLE);
    return new Message()
        .many(7, "attributes", keyValue)
        .one(3, "timeUnixNano", Type.FIXED)
        .one(4, "count", Type.FIXED)
        .one(5, "sum", Type.DOUBLE)
        .many(6, "quantileValues", quantile)
        .one(8, "flags", Type.VARINT);
  }
}
