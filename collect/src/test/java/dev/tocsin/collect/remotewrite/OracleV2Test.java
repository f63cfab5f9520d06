package dev.tocsin.collect.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import dev.tocsin.model.labels.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Requests of any shape, written by protobuf-java from a description of the message, and read by
/// it again: what it reads is what must come.
class OracleV2Test {
  private static final long NOW = Receiver.NOW_MS;
  private static final Descriptor REQUEST = request();
  private static final Descriptor SERIES = of("TimeSeries");

  private static Descriptor request() {
    FileDescriptorProto file =
        FileDescriptorProto.newBuilder()
            .setName("types.proto")
            .setSyntax("proto3")
            .addMessageType(
                message(
                    "Request",
                    many("symbols", 4, FieldDescriptorProto.Type.TYPE_STRING),
                    parts("timeseries", 5)))
            .addMessageType(
                message(
                    "TimeSeries",
                    many("labels_refs", 1, FieldDescriptorProto.Type.TYPE_UINT32),
                    parts("samples", 2, "Sample"),
                    parts("exemplars", 4, "Exemplar"),
                    one("metadata", 5, "Metadata")))
            .addMessageType(
                message(
                    "Sample",
                    one("value", 1, FieldDescriptorProto.Type.TYPE_DOUBLE),
                    one("timestamp", 2, FieldDescriptorProto.Type.TYPE_INT64),
                    one("start_timestamp", 3, FieldDescriptorProto.Type.TYPE_INT64)))
            .addMessageType(
                message(
                    "Exemplar",
                    many("labels_refs", 1, FieldDescriptorProto.Type.TYPE_UINT32),
                    one("value", 2, FieldDescriptorProto.Type.TYPE_DOUBLE),
                    one("timestamp", 3, FieldDescriptorProto.Type.TYPE_INT64)))
            .addMessageType(
                message(
                    "Metadata",
                    one("type", 1, FieldDescriptorProto.Type.TYPE_INT32),
                    one("help_ref", 3, FieldDescriptorProto.Type.TYPE_UINT32),
                    one("unit_ref", 4, FieldDescriptorProto.Type.TYPE_UINT32)))
            .build();
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Request");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Descriptor of(String message) {
    return Objects.requireNonNull(REQUEST.getFile().findMessageTypeByName(message));
  }

  private static DescriptorProto message(String name, FieldDescriptorProto.Builder... fields) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    for (FieldDescriptorProto.Builder field : fields) {
      message.addField(field);
    }
    return message.build();
  }

  private static FieldDescriptorProto.Builder one(
      String name, int number, FieldDescriptorProto.Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  private static FieldDescriptorProto.Builder one(String name, int number, String message) {
    return one(name, number, FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(message);
  }

  private static FieldDescriptorProto.Builder many(
      String name, int number, FieldDescriptorProto.Type type) {
    return one(name, number, type).setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
  }

  private static FieldDescriptorProto.Builder parts(String name, int number) {
    return parts(name, number, "TimeSeries");
  }

  private static FieldDescriptorProto.Builder parts(String name, int number, String message) {
    return one(name, number, message).setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
  }

  private static FieldDescriptor field(Descriptor message, String name) {
    return Objects.requireNonNull(message.findFieldByName(name));
  }

  private static DynamicMessage.Builder set(
      DynamicMessage.Builder message, String name, Object value) {
    return message.setField(field(message.getDescriptorForType(), name), value);
  }

  private static void add(DynamicMessage.Builder message, String name, Object value) {
    message.addRepeatedField(field(message.getDescriptorForType(), name), value);
  }

  /// Symbols 1 to 40 are the values, so that some have lengths of two bytes; then the names.
  private static DynamicMessage generated(Random random, int round) {
    DynamicMessage.Builder request = DynamicMessage.newBuilder(REQUEST);
    add(request, "symbols", "");
    for (int i = 1; i <= 40; i++) {
      add(request, "symbols", "v" + i + "é".repeat(random.nextInt(90)));
    }
    for (String name : List.of("__name__", "a", "b", "温度", "z")) {
      add(request, "symbols", name);
    }
    for (int i = random.nextInt(30); i >= 0; i--) {
      add(request, "timeseries", series(random, NOW + 1000L * round));
    }
    return request.build();
  }

  private static DynamicMessage series(Random random, long timeMs) {
    DynamicMessage.Builder series = DynamicMessage.newBuilder(SERIES);
    List<Integer> names = new ArrayList<>(List.of(42, 43, 44, 45));
    Collections.shuffle(names, random);
    names = new ArrayList<>(names.subList(0, random.nextInt(5)));
    names.add(random.nextInt(names.size() + 1), 41);
    for (int name : names) {
      add(series, "labels_refs", name);
      add(series, "labels_refs", random.nextInt(1, 41));
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      DynamicMessage.Builder sample = DynamicMessage.newBuilder(of("Sample"));
      set(sample, "value", random.nextBoolean() ? 0.0 : random.nextGaussian());
      set(sample, "timestamp", timeMs + random.nextInt(1000));
      set(sample, "start_timestamp", random.nextBoolean() ? 0L : random.nextLong());
      add(series, "samples", sample.build());
    }
    DynamicMessage.Builder exemplar = DynamicMessage.newBuilder(of("Exemplar"));
    add(exemplar, "labels_refs", 42);
    add(exemplar, "labels_refs", random.nextInt(41));
    add(series, "exemplars", set(exemplar, "value", 1.0).build());
    DynamicMessage.Builder metadata = DynamicMessage.newBuilder(of("Metadata"));
    set(metadata, "type", random.nextInt(8));
    return set(series, "metadata", set(metadata, "help_ref", random.nextInt(46)).build()).build();
  }

  private static List<?> all(DynamicMessage message, String name) {
    return (List<?>) message.getField(field(message.getDescriptorForType(), name));
  }

  /// What protobuf-java reads in it, less what is out of order for its series.
  private static List<Receiver.Came> wanted(DynamicMessage request) {
    List<?> symbols = all(request, "symbols");
    List<Receiver.Came> wanted = new ArrayList<>();
    for (Object one : all(request, "timeseries")) {
      DynamicMessage series = (DynamicMessage) one;
      List<?> references = all(series, "labels_refs");
      Labels.Builder labels = Labels.builder();
      for (int i = 0; i < references.size(); i += 2) {
        labels.set(
            (String) symbols.get((int) references.get(i)),
            (String) symbols.get((int) references.get(i + 1)));
      }
      Labels built = labels.build();
      for (Object part : all(series, "samples")) {
        DynamicMessage sample = (DynamicMessage) part;
        long timeMs = (long) sample.getField(field(sample.getDescriptorForType(), "timestamp"));
        double value = (double) sample.getField(field(sample.getDescriptorForType(), "value"));
        boolean isNewest =
            wanted.stream().noneMatch(c -> c.labels().equals(built) && c.timeMs() >= timeMs);
        if (isNewest) {
          wanted.add(new Receiver.Came(built, timeMs, Double.doubleToRawLongBits(value)));
        }
      }
    }
    return wanted;
  }

  @Test
  void whatProtobufJavaReadsIsWhatComes() throws Exception {
    Receiver receiver = new Receiver(RemoteWriteLimits.DEFAULT, 64, 100_000);
    for (int round = 0; round < 300; round++) {
      DynamicMessage request = generated(new Random(round), round);
      byte[] bytes = request.toByteArray();
      List<Receiver.Came> wanted = wanted(DynamicMessage.parseFrom(REQUEST, bytes));
      receiver.came.clear();
      int status = receiver.handle(WriteBodyV2.request(bytes)).status();
      assertThat(status).as("seed %d", round).isIn(204, 400);
      assertThat(receiver.came).as("seed %d", round).isEqualTo(wanted);
      receiver.balanced();
    }
  }
}
