package dev.gatlingllm.simulator;

/**
 * Sends an answer chunk by chunk, each at its planned instant. A chunk whose instant has passed
 * goes out at once and shifts none after it.
 */
final class StreamedAnswer implements Answer {

  private static final int NEVER = -1;

  private final Call call;
  private final Serving serving;
  private final Exchange exchange;
  private final CallPlan plan;
  private final Pacer pacer;
  private final int faultAt;
  private long serviceNanos;
  private int next;
  private int reasoningTokens;

  StreamedAnswer(Call call, Serving serving) {
    this.call = call;
    this.serving = serving;
    this.exchange = serving.exchange();
    this.plan = serving.plan();
    this.pacer = exchange.pacer();
    this.faultAt =
        serving.fault().isPresent() ? Math.min(serving.faultAfterChunks(), plan.chunks()) : NEVER;
  }

  @Override
  public void begin() {
    serviceNanos = serving.clock().nanos();
    serving
        .truth()
        .served(serviceNanos, plan.chunks() * serving.choices(), serving.shape().hiddenTokens());
    serving.truth().begun(200);
    exchange.beginStream(call.headers(), serving.format().streamType());
    exchange.write(serving.format().opening(exchange.alloc()));
    awaitNext();
  }

  @Override
  public void cancel() {
    pacer.cancel();
  }

  private void awaitNext() {
    pacer.after(dueNanos() - serving.clock().nanos(), this::advance);
  }

  private void advance() {
    do {
      if (!step()) {
        return;
      }
    } while (dueNanos() - serving.clock().nanos() <= 0);
    awaitNext();
  }

  private long dueNanos() {
    return serviceNanos + (next < plan.chunks() ? plan.dueNanos()[next] : plan.endNanos());
  }

  /** Does what is due. Returns false if nothing follows. */
  private boolean step() {
    if (next == faultAt && strike(serving.fault().orElseThrow())) {
      return false;
    }
    if (next == plan.chunks()) {
      finish(serving.shape().stopReason());
      return false;
    }
    sendChunk();
    return true;
  }

  private void sendChunk() {
    if (serving.has(Fault.KEEPALIVE_COMMENTS)) {
      exchange.write(serving.format().keepAlive(exchange.alloc()));
    }
    int tokens = plan.tokens()[next];
    boolean reasoning = plan.reasoning(next);
    next++;
    for (int choice = 0; choice < serving.choices(); choice++) {
      byte[] words = serving.words().next(tokens);
      var bytes = serving.format().chunk(exchange.alloc(), choice, reasoning, words);
      reasoningTokens += reasoning ? tokens : 0;
      serving.truth().chunk(serving.clock().nanos(), tokens);
      exchange.write(bytes);
    }
  }

  /** Lets the fault happen. Returns whether the answer is over with it. */
  private boolean strike(Fault fault) {
    switch (fault) {
      case STALL -> call.stall();
      case CUT -> {
        call.end(Ending.BROKEN);
        exchange.cut();
      }
      case RESET -> {
        call.end(Ending.BROKEN);
        exchange.reset();
      }
      case ERROR_EVENT -> {
        call.end(Ending.BROKEN);
        exchange.end(serving.format().errorEvent(exchange.alloc()));
      }
      case FILTERED -> finish(StopReason.FILTERED);
      case MALFORMED -> {
        exchange.write(serving.format().malformedEvent(exchange.alloc()));
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void finish(StopReason reason) {
    boolean spoilt = serving.has(Fault.MALFORMED) || serving.has(Fault.NO_DONE);
    var bytes = serving.format().closing(exchange.alloc(), serving.tail(reason, reasoningTokens));
    call.end(spoilt ? Ending.BROKEN : Ending.ANSWERED);
    exchange.end(bytes);
  }
}
