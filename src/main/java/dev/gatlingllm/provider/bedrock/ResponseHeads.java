package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.secret.Secret;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Reads the headers of a response. */
final class ResponseHeads {

  /** {@code Retry-After} may also be a date; the service sends none, and we have no wall clock. */
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private ResponseHeads() {}

  static ResponseHead of(SdkHttpResponse response, String region) {
    return new ResponseHead(
        response.statusCode(),
        Secret.hideBearer(response.firstMatchingHeader("x-amzn-requestid").orElse("")),
        region,
        OptionalLong.empty(),
        OptionalLong.empty(),
        retryAfterMillis(response),
        OptionalDouble.empty());
  }

  private static OptionalLong retryAfterMillis(SdkHttpResponse response) {
    OptionalLong millis = number(response.firstMatchingHeader("retry-after-ms"), 1);
    return millis.isPresent() ? millis : number(response.firstMatchingHeader("retry-after"), 1_000);
  }

  private static OptionalLong number(Optional<String> header, int factor) {
    return header.map(String::strip).filter(text -> NUMBER.matcher(text).matches()).stream()
        .mapToLong(text -> Math.round(Double.parseDouble(text) * factor))
        .findFirst();
  }
}
