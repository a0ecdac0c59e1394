package dev.gatlingllm.report;

import dev.gatlingllm.record.Exhausted;
import dev.gatlingllm.stats.ConnectionCounts;
import dev.gatlingllm.stats.ErrorCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What to do about a kind of failure, in a line: one table, of which the first line that fits is
 * the advice. A line looks at the status, at the words of the failure, and at those of the service.
 * It names the settings and variables of the run's provider, never their values.
 */
final class FailureAdvice {

  /** What the lines of the table look at: the words are in lower case. */
  private record Seen(String words, int status) {
    static Seen of(ErrorCount error) {
      String words = error.text() + " " + error.example();
      return new Seen(words.toLowerCase(Locale.ROOT), status(error));
    }

    private static int status(ErrorCount error) {
      return error.status().orElse(STATUS.matcher(error.text()).matches() ? number(error) : 0);
    }

    private static int number(ErrorCount error) {
      return Integer.parseInt(error.text().substring(0, 3));
    }
  }

  private record Line(BiPredicate<String, Integer> fits, Function<Names, String> advice) {}

  private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d( .*)?", Pattern.DOTALL);

  /** The beginning of a failure whose words are those of the client, not of the service. */
  private static final String OURS = "^(unreachable|broken|crashed).*";

  private static final List<Line> TABLE = new ArrayList<>();

  static {
    words("^" + Exhausted.ERROR, "The client ran out, not the service: see the verdict.");
    words(
        ConnectionCounts.CLOSED,
        "The server had closed the idle connection, which is no failure of its answers: set"
            + " llm.timeout.idle below the server's limit, or have such calls sent again"
            + " (llm.retry.staleConnection).");
    limits();
    network();
    access();
    load();
    request();
    service();
    answer();
    words("^check failed", "A check of the simulation did not accept the answer.");
    words("^crashed", "Our code or that of the simulation failed: the log has the exception.");
  }

  private final Names names;

  private FailureAdvice(Names names) {
    this.names = names;
  }

  /** The advice for runs with these settings; without settings it names none of a provider. */
  static FailureAdvice of(Map<String, String> configuration) {
    return new FailureAdvice(Names.of(configuration));
  }

  /** One line; empty if nothing general can be said. */
  String on(ErrorCount error) {
    Seen seen = Seen.of(error);
    return TABLE.stream()
        .filter(line -> line.fits().test(seen.words(), seen.status()))
        .findFirst()
        .map(line -> line.advice().apply(names))
        .orElse("");
  }

  private static void limits() {
    words(
        "^timeout: no connection",
        "llm.timeout.connect limits this: is the address right, and is a firewall or a proxy in"
            + " between?");
    words(
        "^timeout: no first token",
        "llm.timeout.firstToken limits this: raise it if such waits are real, else lower the load.");
    words("^timeout: stalled", "llm.timeout.stall limits the time between two chunks.");
    words("^timeout: ", "llm.timeout.total limits a call, retries included.");
  }

  private static void network() {
    status(
        407,
        "The proxy wants a login: -Dhttps.proxyUser and -Dhttps.proxyPassword, or a host in"
            + " -Dhttp.nonProxyHosts.");
    words(
        OURS + "(ssl|pkix|certificate|trust ?anchor|\\btls\\b)",
        "TLS failed: let the JVM trust the certificate (-Djavax.net.ssl.trustStore=FILE,"
            + " -Djavax.net.ssl.trustStorePassword=…), or is it http where the address says https?");
    words(
        OURS + "proxy",
        "A proxy is in the way: see -Dhttps.proxyHost, -Dhttps.proxyPort and -Dhttp.nonProxyHosts.");
    TABLE.add(
        line(
            OURS + "(unknownhost|no such host|not known|nodename|could not be resolved)",
            names ->
                "No such host: check "
                    + names.address()
                    + "; a name that only a proxy knows needs -Dhttps.proxyHost."));
    TABLE.add(
        line(
            "^unreachable",
            names ->
                "Nothing answers at the address: check "
                    + names.address()
                    + ", firewalls, and whether the service is up."));
  }

  private static void request() {
    words(
        "context_length|context length|context window|maximum context|prompt is too long"
            + "|input is too long|too many input tokens|too many tokens in",
        "The prompt and the upper bound of the output exceed the model's context: send shorter"
            + " prompts or lower the upper bound.");
    words(
        "content_filter|content filter|content_policy|content management|responsibleai|guardrail"
            + "|safety system|moderation",
        "A filter of the service refused the prompt: change the prompt, or the filter of the"
            + " deployment.");
    TABLE.add(
        line(
            "max_completion_tokens.*(instead|use )|(instead|use ).*max_completion_tokens"
                + "|unsupported.*max_tokens",
            names -> "Set " + names.maxTokensField() + " = max_completion_tokens."));
    TABLE.add(
        line(
            "max_completion_tokens",
            names -> "Set " + names.maxTokensField() + " = max_tokens, if the server knows that."));
    words(
        "temperature|top_p|presence_penalty|frequency_penalty|reasoning_effort|logprobs",
        "The model does not take this parameter or value: leave it out or change it (llm.request.…,"
            + " llm.latency.temperature = null).");
    words(
        "unsupported_parameter|unsupported parameter|unknown_parameter|unknown parameter"
            + "|unrecognized|extra inputs|extra_forbidden|unsupported_value",
        "The service does not take a field of the request: take it out of llm.request or"
            + " llm.request.extraBody.");
  }

  private static void access() {
    words(
        "model identifier is invalid",
        "Converse and InvokeModel do not know the model in this region: check llm.bedrock.modelId."
            + " Some models are only on Bedrock's mantle endpoint: llm.provider = openai or"
            + " anthropic, and the region in llm.openai.region or llm.anthropic.region.");
    words(
        "insufficient_quota|exceeded your current quota|billing|credit balance|payment required",
        "The account has no credit left: this is no limit of the rate, and waiting does not help.");
    TABLE.add(
        line(
            "\\bcredentials?\\b|expiredtoken|invalidsignature|unrecognizedclient|accessdenied"
                + "|security token|invalid_api_key|incorrect api key|invalid api key"
                + "|api key not valid",
            Names::access));
    TABLE.add(new Line((words, status) -> status == 401 || status == 403, Names::access));
    TABLE.add(
        new Line(
            (words, status) ->
                status == 404
                    || words.contains("model_not_found")
                    || words.contains("deploymentnotfound"),
            names ->
                "No such model, deployment or path: check "
                    + names.model()
                    + " and "
                    + names.address()
                    + "."));
    TABLE.add(
        new Line(
            (words, status) -> status >= 300 && status < 400,
            names -> "The address has moved: set " + names.address() + " to the place it names."));
  }

  private static void load() {
    TABLE.add(
        new Line(
            (words, status) ->
                status == 429 || words.contains("throttl") || words.contains("rate limit"),
            names ->
                "The load is above the quota: lower llm.load.rpm or clients, get more quota, or let"
                    + " calls wait and try again (llm.retry.mode)."));
    TABLE.add(
        new Line(
            (words, status) -> status == 503 || status == 529 || words.contains("overloaded"),
            names ->
                "The service is overloaded or not ready: lower the load, or let calls be tried again"
                    + " (llm.retry.mode)."));
  }

  private static void service() {
    TABLE.add(
        new Line(
            (words, status) -> status == 408 || status == 502 || status == 504 || status == 524,
            names ->
                "A gateway before the service gave up: see its limits of time and its log, by the"
                    + " request ids."));
    TABLE.add(
        new Line(
            (words, status) -> status >= 500 && status < 600,
            names -> "The service failed: its log knows why, by the request ids."));
  }

  private static void answer() {
    words(
        "hidden reasoning used it up",
        "The model used all its tokens for reasoning that it did not send: raise the upper bound of"
            + " the output, or lower llm.request.reasoningEffort.");
    words(
        "^empty answer.*(length|max_tokens|max_output_tokens)",
        "The upper bound of the output was reached before any output: raise it.");
    words(
        "^empty answer",
        "The service ended the answer without output: does the model fit the API?");
    words(
        "^the service gave up",
        "The service ended the answer itself: its log knows why, by the request ids.");
    words("llm\\.limit\\.", "The answer exceeds a limit of the client: raise the limit it names.");
    words(
        "^malformed.*whole-answer",
        "The service, or a gateway before it, does not stream: measure whole answers"
            + " (llm.request.streaming = false), or call the service itself.");
    words(
        "^malformed",
        "No answer that the API knows: is the address that of the API, or did a gateway or a login"
            + " page answer?");
    words(
        "^broken in mid-stream",
        "The stream was cut: a gateway's or proxy's limit of time or of idleness, or a restart of"
            + " the service.");
    words(
        "^broken before first token",
        "The connection or stream ended before any output: is the address that of the API, and what"
            + " does a gateway in between say?");
    TABLE.add(
        new Line(
            (words, status) -> status == 400 || status == 422,
            names -> "The service does not take the request: its message says what."));
  }

  private static void words(String pattern, String advice) {
    TABLE.add(line(pattern, names -> advice));
  }

  private static void status(int one, String advice) {
    TABLE.add(new Line((words, status) -> status == one, names -> advice));
  }

  private static Line line(String pattern, Function<Names, String> advice) {
    Pattern compiled = Pattern.compile(pattern, Pattern.DOTALL);
    return new Line((words, status) -> compiled.matcher(words).find(), advice);
  }

  /**
   * Settings and variables of the run's provider, by name.
   *
   * @param address where calls go
   * @param model what is called
   * @param key where the key came from
   * @param maxTokensField the setting that names the field of the upper bound
   */
  private record Names(String address, String model, String key, String maxTokensField) {

    static Names of(Map<String, String> configuration) {
      return switch (configuration.getOrDefault("llm.provider", "")) {
        case "anthropic" ->
            new Names(
                "llm.anthropic.baseUrl (ANTHROPIC_BASE_URL)",
                "llm.anthropic.model",
                "ANTHROPIC_API_KEY, on Foundry ANTHROPIC_FOUNDRY_API_KEY or the identity of Entra"
                    + " ID, on Bedrock AWS_BEARER_TOKEN_BEDROCK or the AWS default credential"
                    + " chain (llm.anthropic.authMethod)",
                "the payload's field");
        case "azure-openai" ->
            new Names(
                "llm.azure.endpoint (AZURE_OPENAI_ENDPOINT) and llm.azure.apiVersion",
                "llm.azure.deployment (AZURE_OPENAI_DEPLOYMENT)",
                configuration.getOrDefault("llm.azure.keyVariable", "AZURE_OPENAI_API_KEY")
                    + ", or the identity of Entra ID",
                "llm.azure.maxTokensField");
        case "openai" ->
            new Names(
                "llm.openai.baseUrl (OPENAI_BASE_URL)",
                "llm.openai.model",
                "OPENAI_API_KEY, or AZURE_OPENAI_API_KEY where the key goes into the header api-key"
                    + " (llm.openai.keyHeader), on Bedrock AWS_BEARER_TOKEN_BEDROCK or the AWS"
                    + " default credential chain (llm.openai.authMethod)",
                "llm.openai.maxTokensField");
        case "bedrock" ->
            new Names(
                "llm.bedrock.region (AWS_REGION) and llm.bedrock.endpoint",
                "llm.bedrock.modelId",
                "AWS_BEARER_TOKEN_BEDROCK, else the AWS default credential chain (AWS_PROFILE,"
                    + " AWS_ACCESS_KEY_ID …)",
                "the payload's field");
        default ->
            new Names(
                "the endpoint's setting",
                "the model's setting",
                "the environment",
                "the setting maxTokensField");
      };
    }

    String access() {
      return "The key or its rights: it came from " + key + "; is it of this account and model?";
    }
  }
}
