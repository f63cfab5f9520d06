package dev.tocsin.collect.text;

import dev.tocsin.collect.remotewrite.Receiver;
import dev.tocsin.collect.remotewrite.RemoteWriteLimits;
import dev.tocsin.collect.series.ByteBudget;
import dev.tocsin.model.labels.Labels;
import dev.tocsin.model.tenant.Tenant;
import dev.tocsin.world.net.HttpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// The text receiver on a real intake and ring.
final class TextRig {
  static final long NOW = Receiver.NOW_MS;

  final Receiver receiver;
  final ByteBudget budget;
  final TextImportHandler handler;

  TextRig(TextLimits limits, long budgetBytes, int slabs, int seriesMax) {
    receiver = new Receiver(RemoteWriteLimits.DEFAULT, slabs, seriesMax);
    budget = new ByteBudget(budgetBytes);
    handler =
        new TextImportHandler(receiver.intake, receiver.durability, Tenant.DEFAULT, limits, budget);
  }

  static TextRig usual() {
    return new TextRig(TextLimits.DEFAULT, 16 << 20, 64, 10_000);
  }

  HttpReply post(String text) {
    return handle(TextRequest.of(text));
  }

  HttpReply handle(TextRequest request) {
    try {
      return handler.handle(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Receiver.Came> came() {
    return receiver.came;
  }

  static Receiver.Came came(long timeMs, double value, String... labels) {
    return new Receiver.Came(Labels.of(labels), timeMs, Double.doubleToRawLongBits(value));
  }
}
