package dev.gatlingllm.provider.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBodyTest {

  private static Failure read(int status, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return ErrorBody.read(status, bytes, bytes.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'code':'401','message':'Access denied'}} | 401 | Access denied",
        "{'error':{'code':null,'type':'invalid_request_error','message':'Bad'}}"
            + " | invalid_request_error | Bad",
        "{'statusCode':404,'message':'Resource not found'} | 404 | Resource not found",
        "{'detail':'Not Found'} | '' | Not Found",
        "{'error':'model not found'} | '' | model not found",
        "{'error':{'code':'x','innererror':{'code':'y','message':'z'}}} | x | ''"
      })
  void readsTheErrorOfEveryService(String json, String code, String message) {
    assertThat(read(400, json.replace('\'', '"')))
        .isEqualTo(new Failure(Failure.Kind.REJECTED, 400, code, message));
  }

  @ParameterizedTest
  @CsvSource({"429, THROTTLED", "400, REJECTED", "500, REJECTED", "503, REJECTED", "302, REJECTED"})
  void tellsThrottlingByTheStatus(int status, Failure.Kind kind) {
    assertThat(read(status, "{\"error\":{\"code\":\"c\",\"message\":\"m\"}}"))
        .isEqualTo(new Failure(kind, status, "c", "m"));
  }

  @Test
  void quotesNothingOfABodyThatIsNoError() {
    assertThat(read(502, "<html>You sent: my prompt</html>").message())
        .isEqualTo("no error object in a body of 32 bytes");
    assertThat(read(502, "").message()).isEqualTo("no error object in a body of 0 bytes");
    assertThat(read(502, "{\"prompt\":\"my prompt\"}").message())
        .isEqualTo("no error object in a body of 22 bytes");
  }
}
