package dev.gatlingllm.provider;

import org.openjdk.jmh.infra.Blackhole;

/** A listener that does nothing with what it hears, and does not let the compiler know. */
public record Heard(Blackhole blackhole) implements CallListener {

  @Override
  public void head(long nanos, ResponseHead head) {
    blackhole.consume(head);
  }

  @Override
  public void output(long nanos, OutputKind kind, String text) {
    blackhole.consume(text);
  }

  @Override
  public void usage(TokenUsage usage) {
    blackhole.consume(usage);
  }

  @Override
  public void finish(String reason) {
    blackhole.consume(reason);
  }

  @Override
  public void completed(long nanos) {
    blackhole.consume(nanos);
  }

  @Override
  public void failed(long nanos, Failure failure) {
    throw new AssertionError(failure);
  }
}
