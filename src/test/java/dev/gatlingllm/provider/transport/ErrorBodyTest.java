package dev.gatlingllm.provider.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {

  private static Failure read(int status, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return ErrorBody.read(status, BodyType.UNKNOWN, bytes, bytes.length);
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
        "{'error':{'code':'x','innererror':{'code':'y','message':'z'}}} | x | z",
        "{'error':{'code':'x'}} | x | ''",
        "{'fault':{'other':'f'}} | '' | neither code nor message in a body of 23 bytes",
        "[{'error':{'code':400,'message':'Bad key','status':'INVALID_ARGUMENT'}}] | 400 | Bad key",
        "{'object':'error','message':{'detail':[{'loc':['body','top_k'],'msg':'Not permitted',"
            + "'input':7}]},'type':'invalid_request_error'}"
            + " | invalid_request_error | body.top_k: Not permitted",
        "{'detail':[{'type':'missing','loc':['body','messages',0],'msg':'Field required',"
            + "'input':'my prompt'},{'loc':['body','n'],'msg':'Too many'}]}"
            + " | missing | body.messages.0: Field required; body.n: Too many",
        "{'detail':{'error':'Quota used up','code':'quota'}} | quota | Quota used up",
        "{'success':false,'errors':[{'code':10000,'message':'No login'}]} | 10000 | No login",
        "{'errors':['First','Second']} | '' | First; Second",
        "{'errors':[{'message':'1'},{'message':'2'},{'message':'3'},{'message':'4'}]}"
            + " | '' | 1; 2; 3 (of 4)",
        "{'fault':{'faultstring':'Invalid key','detail':{'errorcode':'oauth.Invalid'}}}"
            + " | oauth.Invalid | Invalid key",
        "{'title':'Busy','detail':'Come back at noon','status':503,'type':'about:blank'}"
            + " | 503 | Busy: Come back at noon",
        "{'message':'Forbidden'} | '' | Forbidden",
        "{'Message':'User is not authorized'} | '' | User is not authorized",
        "{'__type':'com.amazon.x#AccessDenied','Message':'No'} | AccessDenied | No",
        "{'error':'invalid_client','error_description':'Unknown client'}"
            + " | invalid_client | Unknown client",
        "{'code':3,'message':'Bad argument','details':[]} | 3 | Bad argument",
        "{'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}"
            + " | overloaded_error | Overloaded",
        "{'error_code':'BAD_REQUEST','message':'Extra inputs'} | BAD_REQUEST | Extra inputs",
        "{'error':{'message':{'text':'x','message':'Inner words'},'code':null}} | '' | Inner words",
        "{'error':['One','Two']} | '' | One; Two",
        "{'status':'error','msg':'No such model'} | error | No such model"
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
  void repeatsNothingThatFastApiRepeatsOfTheRequest() {
    String body =
        "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"Bad\",\"input\":\"my prompt\",\"ctx\":{\"error\":"
            + "{\"message\":\"my prompt\"}}}]}";
    assertThat(read(422, body).message()).isEqualTo("body: Bad");
  }

  @Test
  void namesTheTypeOfABodyThatIsNoError() {
    byte[] page = "<html></html>".getBytes(UTF_8);
    assertThat(ErrorBody.read(502, new BodyType("text/html", ""), page, page.length).message())
        .isEqualTo("no error object in a body of 13 bytes (text/html)");
  }

  @Test
  void cutsAMessageWithoutEnd() {
    assertThat(read(400, "{\"message\":\"" + "x".repeat(9_000) + "\"}").message()).hasSize(2_001);
    assertThat(read(400, "[".repeat(900) + "]".repeat(900)).message())
        .startsWith("no error object");
  }

  @Test
  void quotesNothingOfABodyThatIsNoError() {
    assertThat(read(502, "<html>You sent: my prompt</html>").message())
        .isEqualTo("no error object in a body of 32 bytes");
    assertThat(read(502, "").message()).isEqualTo("no error object in a body of 0 bytes");
    assertThat(read(502, "{\"prompt\":\"my prompt\"}").message())
        .isEqualTo("no error object in a body of 22 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'detail':[{'type':'extra_forbidden','loc':['body','x'],'msg':'Not permitted','input':'%s'}]}",
        "{'error':{'code':'bad','message':'Not permitted'},'request':['a',{'b':'%s'}]}"
      })
  void wordsBeforeALongRepetitionOfTheRequestAreKept(String shape) {
    String json = shape.replace('\'', '"').replace("%s", "secret ".repeat(20_000));
    byte[] bytes = json.getBytes(UTF_8);
    Failure failure = ErrorBody.read(422, BodyType.UNKNOWN, bytes, ErrorBody.LIMIT_BYTES);

    assertThat(failure.message()).contains("Not permitted").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'error':{'message':'Not permi", "{'error':{'message':'No'}} trailing"})
  void aShortBodyThatIsNoJsonIsNotGuessed(String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);

    assertThat(ErrorBody.read(400, BodyType.UNKNOWN, bytes, bytes.length).message())
        .startsWith("no error object");
  }
}
