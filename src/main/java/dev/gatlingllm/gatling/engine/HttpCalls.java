package dev.gatlingllm.gatling.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatlingllm.gatling.call.OverHttp;
import dev.gatlingllm.provider.AnswerLimits;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.Failure.Kind;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.transport.HttpCall;
import dev.gatlingllm.provider.transport.OpenCalls;
import dev.gatlingllm.run.CallRecords;
import dev.gatlingllm.secret.SecretSources;
import dev.gatlingllm.timing.NanoClock;
import io.gatling.commons.validation.Failure;
import io.gatling.commons.validation.Success;
import io.gatling.commons.validation.Validation;
import io.gatling.core.session.Session;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.http.cache.SslContextSupport;
import io.gatling.http.client.Request;
import io.gatling.http.client.body.RequestBody;
import io.gatling.http.protocol.HttpComponents;
import io.gatling.http.protocol.HttpProtocol$;
import io.gatling.http.request.HttpRequest;
import io.gatling.http.request.HttpRequestDef;
import io.gatling.http.request.builder.HttpRequestBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends requests of Gatling's HTTP DSL by Gatling's HTTP client, but listens to the client itself:
 * Gatling's own processing of a response knows neither when its first bytes came nor how a call
 * ended.
 */
final class HttpCalls {

  private static final Pattern NO_ATTRIBUTE =
      Pattern.compile("No attribute named '([^']+)' is defined");

  private final OverHttp over;
  private final HttpComponents http;
  private final HttpRequestDef definition;
  private final boolean shared;
  private final NanoClock clock;
  private final CallRecords records;
  private final Duration connectLimit;
  private final AnswerLimits limits;

  /**
   * Calls of one template.
   *
   * @param records learn what is sent, so that nothing repeats it
   */
  HttpCalls(
      OverHttp over,
      ScenarioContext context,
      NanoClock clock,
      CallRecords records,
      Duration connectLimit,
      AnswerLimits limits) {
    this.over = over;
    this.clock = clock;
    this.records = records;
    this.connectLimit = connectLimit;
    this.limits = limits;
    this.http =
        context.protocolComponentsRegistry().components(HttpProtocol$.MODULE$.HttpProtocolKey());
    HttpRequestBuilder builder = (HttpRequestBuilder) over.request().asScala();
    if (builder.httpAttributes().checks().nonEmpty()) {
      throw new IllegalArgumentException(
          "checks of a call over HTTP belong to the call, llm(…).check(…), not to its request");
    }
    this.definition =
        builder.build(
            http.httpCaches(),
            http.httpProtocol(),
            context.throttled(),
            context.coreComponents().configuration());
    this.shared = http.httpProtocol().enginePart().shareConnections();
  }

  /** What is called, for the record. */
  String target() {
    return over.target();
  }

  /** The session attribute for the value that was kept. */
  String savedAs() {
    return over.savedAs();
  }

  /**
   * What makes one user's next call; to be used on the user's event loop.
   *
   * @param keep receives the value to be kept, on that loop
   */
  LlmClient clientOf(Session session, Consumer<String> keep) {
    return new LlmClient() {
      @Override
      public String provider() {
        return OfHttp.NAME;
      }

      @Override
      public CallHandle start(LlmRequest request, CallListener listener) {
        HttpCall call =
            new OpenCalls(clock, InstantSource.system(), over.key(), session.eventLoop())
                .open(over.format().answers(keep, limits), listener);
        send(session, call);
        return call;
      }

      /** It holds nothing. */
      @Override
      public void close() {}
    };
  }

  private void send(Session session, HttpCall call) {
    Validation<HttpRequest> built = definition.build(session);
    if (((Object) built) instanceof Failure failure) {
      call.fail(notBuilt(failure.message()));
      return;
    }
    Request request = ((Success<HttpRequest>) built).value().clientRequest();
    remember(request);
    HttpWire wire = new HttpWire(session.eventLoop(), call);
    call.sent();
    wire.connectWithin(connectLimit);
    http.httpEngine()
        .executeRequest(
            request,
            session.userId(),
            shared,
            session.eventLoop(),
            wire,
            SslContextSupport.sslContexts(session));
  }

  /** Gatling's text may quote an address or a value: only the name of an attribute is kept. */
  private static dev.gatlingllm.provider.Failure notBuilt(String message) {
    Matcher attribute = NO_ATTRIBUTE.matcher(message);
    return new dev.gatlingllm.provider.Failure(
        Kind.CRASHED,
        0,
        "HttpRequestNotBuilt",
        attribute.find()
            ? "the HTTP request needs the attribute '" + attribute.group(1) + "'"
            : "the HTTP request could not be built");
  }

  private void remember(Request request) {
    request
        .getHeaders()
        .forEach(header -> SecretSources.addHeader(header.getKey(), header.getValue()));
    if (request.getBody() instanceof RequestBody.Base<?> body) {
      records.remember(new String(body.getBytes(), UTF_8));
    }
  }
}
