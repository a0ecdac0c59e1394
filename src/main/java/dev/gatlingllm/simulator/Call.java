package dev.gatlingllm.simulator;

import dev.gatlingllm.simulator.Seeds.Purpose;
import dev.gatlingllm.simulator.wire.Address;
import dev.gatlingllm.simulator.wire.CallRequest;
import dev.gatlingllm.simulator.wire.ErrorKind;
import dev.gatlingllm.simulator.wire.InvalidRequestException;
import dev.gatlingllm.simulator.wire.SimulatedService;
import dev.gatlingllm.simulator.wire.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call, from its complete request to its end. Confined to its channel's event loop, but for the
 * reading of the body.
 */
final class Call {

  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  private final Endpoint endpoint;
  private final Exchange exchange;
  private final Address address;
  private final long number;
  private final Optional<Fault> fault;
  private final CallTruth truth;
  private final HttpHeaders headers;
  private final Runnable turn;
  private CallRequest request;
  private SimulatedAnswer answer;
  private long enteredNanos;
  private boolean holdsPlace;
  private boolean onProvisioned;
  private boolean spilledOver;
  private boolean recorded;
  private boolean ended;

  Call(Endpoint endpoint, Exchange exchange, Address address) {
    this.endpoint = endpoint;
    this.exchange = exchange;
    this.address = address;
    long receivedNanos = endpoint.clock().nanos();
    this.number = endpoint.counters().start();
    this.fault = endpoint.faults().next(random(Purpose.FAULT));
    SplittableRandom ids = random(Purpose.REQUEST_ID);
    String requestId = new UUID(ids.nextLong(), ids.nextLong()).toString();
    this.truth = new CallTruth(requestId, number, fault, receivedNanos);
    this.headers =
        CallHeaders.identifying(address.service(), requestId, endpoint.settings().server());
    this.turn = () -> exchange.execute(this::takeTurn);
  }

  /** Takes the request in and returns; the answer follows. */
  void receive(FullHttpRequest received) {
    endpoint.watch().received(truth.requestId(), received.content());
    Optional<String> key = endpoint.settings().process().apiKey();
    if (key.isPresent() && !address.service().accepts(key.get(), received.headers())) {
      refuse(Refusal.of(ErrorKind.UNAUTHORIZED, "The key is missing or wrong."));
      return;
    }
    ByteBuf body = received.content().retain();
    endpoint.reading().execute(() -> read(body));
  }

  /** The client has gone. */
  void abandon() {
    if (answer != null) {
      answer.cancel();
    }
    endpoint.capacity().withdraw(turn);
    end(Ending.ABANDONED);
  }

  boolean ended() {
    return ended;
  }

  /** The headers of the response, so far as they do not speak of its body. */
  HttpHeaders headers() {
    return headers;
  }

  /** So many tokens were made. */
  void made(int tokens) {
    endpoint.served().made(tokens);
  }

  /** Nothing more will be written, and nothing is closed either. */
  void stall() {
    record(Ending.BROKEN, OptionalLong.empty());
  }

  /** Ends the call as {@link Fault#STALL}, {@link Fault#CUT} or {@link Fault#RESET} does. */
  void breakOff(Fault how) {
    if (how == Fault.STALL) {
      stall();
      return;
    }
    end(Ending.BROKEN);
    if (how == Fault.CUT) {
      exchange.cut();
    } else {
      exchange.reset();
    }
  }

  /**
   * The call is over. Told before its last bytes are written, so that whoever has read them finds
   * it recorded.
   */
  void end(Ending ending) {
    if (ended) {
      return;
    }
    ended = true;
    record(ending, OptionalLong.of(endpoint.clock().nanos()));
    endpoint.counters().end(ending);
    if (onProvisioned) {
      endpoint.provisioned().leave();
    }
    if (holdsPlace) {
      endpoint.capacity().leave();
    }
  }

  private void read(ByteBuf body) {
    try {
      CallRequest understood =
          address.read(
              new ByteBufInputStream(body),
              endpoint.settings().cache().minTokens(),
              endpoint.stored());
      exchange.execute(() -> admit(understood));
    } catch (InvalidRequestException invalid) {
      exchange.execute(() -> refuse(Refusal.of(ErrorKind.INVALID, invalid.getMessage())));
    } catch (RuntimeException failure) {
      // Only its type: the message might quote the prompt.
      LOG.error("cannot read a request: {}", failure.getClass().getName());
      exchange.execute(
          () -> refuse(Refusal.of(ErrorKind.SERVER_ERROR, "The request cannot be read.")));
    } finally {
      body.release();
    }
  }

  private void admit(CallRequest understood) {
    if (ended) {
      return;
    }
    request = understood;
    truth.understood(request.inputTokens());
    if (fault.isPresent() && fault.get() == Fault.HANG) {
      stall();
      return;
    }
    Optional<Refusal> refusal = refusalByFault().or(this::refusalByQuota);
    if (refusal.isPresent()) {
      refuse(refusal.get());
    } else {
      enter();
    }
  }

  private Optional<Refusal> refusalByFault() {
    return fault.flatMap(
        one -> Refusal.of(one, request.streaming(), endpoint.settings().faults().throttleWait()));
  }

  private Optional<Refusal> refusalByQuota() {
    int maxTokens = request.maxTokens().orElse(endpoint.settings().answer().defaultMaxTokens());
    Quotas.Verdict verdict =
        endpoint.quotas().ask(endpoint.clock().nanos(), request.inputTokens() + (long) maxTokens);
    CallHeaders.addRemaining(headers, verdict);
    return verdict.throttled()
        ? Optional.of(Refusal.throttled(verdict.waitNanos()))
        : Optional.empty();
  }

  private void enter() {
    if (address.service().namesDeployment() && handsOver()) {
      answer();
      return;
    }
    enteredNanos = endpoint.clock().nanos();
    switch (endpoint.capacity().enter(turn)) {
      case SERVED -> serve();
      case WAITING -> {}
      case REFUSED -> refuse(Refusal.of(ErrorKind.UNAVAILABLE, "The service is overloaded."));
    }
  }

  private void takeTurn() {
    if (ended) {
      endpoint.capacity().leave();
    } else {
      serve();
    }
  }

  /** Whether another deployment answers, which has room for every call. */
  private boolean handsOver() {
    onProvisioned = endpoint.provisioned().takes(random(Purpose.SPILLOVER));
    spilledOver = !onProvisioned;
    if (spilledOver) {
      CallHeaders.addSpillover(headers, address.model());
    } else {
      CallHeaders.addDeployment(headers, address.model());
    }
    return spilledOver;
  }

  private void serve() {
    holdsPlace = true;
    endpoint.served().begun(endpoint.clock().nanos() - enteredNanos);
    answer();
  }

  private void answer() {
    AnswerContext context = context();
    answer =
        request.streaming() ? new StreamedAnswer(this, context) : new WholeAnswer(this, context);
    answer.begin();
  }

  private AnswerContext context() {
    SimulatorSettings settings = endpoint.settings();
    AnswerShape shape =
        fault.isPresent() && fault.get() == Fault.EMPTY
            ? AnswerShape.EMPTY
            : settings.answer().shape(request.maxTokens());
    long now = endpoint.clock().nanos();
    int read = endpoint.cache().longest(request.prefixes(), now);
    LatencyModel latency = spilledOver ? endpoint.spilloverLatency() : endpoint.latency();
    CallPlan plan = latency.plan(request.inputTokens() - read, shape, random(Purpose.LATENCY));
    endpoint.cache().keep(request.prefixes(), now, now + plan.firstNanos());
    int cached =
        settings.cache().on() ? read : settings.answer().cachedTokens(request.inputTokens());
    truth.cached(cached);
    endpoint.served().prompt(request.inputTokens(), cached);
    int written = address.service().reportsCacheWrites() ? written(read) : 0;
    return new AnswerContext(
        exchange,
        request.format().of(truth.requestId(), promptUsage(cached, written)),
        shape,
        plan,
        new SimulatedText(random(Purpose.WORDS), fault.map(Fault::text).orElse("")),
        fault,
        settings.faults().faultAfterChunks(),
        request,
        cached,
        written,
        truth,
        endpoint.clock());
  }

  /** What an answer may say of its tokens before it begins. */
  private Optional<Usage> promptUsage(int cached, int written) {
    return fault.isPresent() && fault.get() == Fault.NO_USAGE
        ? Optional.empty()
        : Optional.of(new Usage(request.inputTokens(), cached, written, 1, 0));
  }

  private int written(int read) {
    int kept = request.prefixes().size();
    return kept == 0 ? 0 : request.prefixes().get(kept - 1).tokens() - read;
  }

  private void refuse(Refusal refusal) {
    if (ended) {
      return;
    }
    SimulatedService service = address.service();
    int status = service.status(refusal.kind());
    truth.begun(status);
    service.addErrorHeaders(headers, refusal.kind());
    CallHeaders.addRetryAfter(headers, refusal, endpoint.settings().limits());
    end(Ending.REFUSED);
    String body = service.errorJson(refusal.kind(), refusal.message());
    exchange.respond(status, headers, "application/json", body);
  }

  private void record(Ending ending, OptionalLong endNanos) {
    if (!recorded) {
      recorded = true;
      endpoint.log().add(truth.sealed(ending, endNanos));
    }
  }

  private SplittableRandom random(Purpose purpose) {
    return endpoint.seeds().of(purpose, number);
  }
}
