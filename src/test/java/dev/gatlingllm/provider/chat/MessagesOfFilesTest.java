package dev.gatlingllm.provider.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.input.PayloadFiles;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.bedrock.body.BodyFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file says, as it stands in the body that is sent. */
class MessagesOfFilesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private LlmRequest read(String body) throws IOException {
    Path file = Files.writeString(folder.resolve("p.json"), body.replace('\'', '"'));
    return PayloadFiles.read(file).get(0).request();
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'role':'user','name':'bo','content':'Hi'}",
        "{'role':'developer','content':'Be brief.'},{'role':'user','content':'Hi'}",
        "{'role':'user','content':'Hi'},{'role':'assistant','content':null,'refusal':null,"
            + "'tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},"
            + "{'role':'tool','tool_call_id':'c','content':'4'},{'role':'user','content':''}",
        "{'role':'user','content':'Hi'},{'role':'assistant','tool_calls':[]},"
            + "{'role':'function','name':'f','content':'4'}",
        "{'role':'user','content':[{'type':'text','text':'a'}]}",
        "{'role':'system','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral',"
            + "'ttl':'1h'}},{'type':'text','text':' '}]},{'role':'user','content':' \\n'}",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://h/x.png',"
            + "'detail':'low'},'cache_control':{'type':'ephemeral'}},{'type':'video_url',"
            + "'video_url':{'url':'https://h/x.mp4'}}]}",
        "{'role':'user','content':'Hi'},{'role':'assistant','reasoning_content':'hm',"
            + "'content':[{'type':'refusal','refusal':'no'}]}"
      })
  void chatCompletionsGetEveryMessageAsItIs(String messages) throws IOException {
    LlmRequest request = read("{'messages':[" + messages + "]}");
    assertThat(JSON.readTree(ChatBody.json(request, "max_tokens")).get("messages"))
        .isEqualTo(json("[" + messages + "]"));
  }

  @Test
  void chatCompletionsGetNullsAndToolsAndNoMetadata() throws IOException {
    LlmRequest request =
        read(
            "{'id':'line 1','messages':[{'role':'user','content':'Hi'}],'temperature':null,"
                + "'stop':null,'seed':null,'tools':[{'type':'function'}],"
                + "'parallel_tool_calls':false,'stream':true,"
                + "'stream_options':{'include_usage':true}}");
    assertThat(JSON.readTree(ChatBody.json(request, "max_tokens")))
        .isEqualTo(
            json(
                "{'messages':[{'role':'user','content':'Hi'}],'stream':true,"
                    + "'stream_options':{'include_usage':true},'temperature':null,'stop':null,"
                    + "'seed':null,'tools':[{'type':'function'}],'parallel_tool_calls':false}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'role':'user','name':'bo','content':'Hi'} | name of a message of role user cannot be sent:"
            + " there is none in the Responses API",
        "{'role':'user','content':[{'type':'text','text':'a','cache_control':{}}]} | cache_control"
            + " of a part cannot be sent: there is none in the Responses API",
        "{'role':'user','content':'a'},{'role':'tool','tool_call_id':'c','content':'4'} | a message"
            + " of role tool cannot be sent: there is none in the Responses API"
      })
  void theResponsesApiRefusesByNameWhatItDoesNotKnow(String messages, String message)
      throws IOException {
    LlmRequest request = read("{'messages':[" + messages + "]}");
    assertThatThrownBy(() -> ResponsesBody.fields(request)).hasMessage(message);
  }

  @Test
  void chatCompletionsRefuseABlockOfAnotherApiByName() throws IOException {
    LlmRequest request =
        read("{'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'t'}]}]}");
    assertThatThrownBy(() -> ChatBody.json(request, "max_tokens"))
        .hasMessage(
            "messages[0].content[0] cannot be sent: tool_result is a block of Anthropic's Messages,"
                + " there is none in chat completions");
  }

  @Test
  void anthropicsBodyGetsItsOwnBlocksAsTheyAre() throws IOException {
    String body =
        "{'anthropic_version':'bedrock-2023-05-31','max_tokens':9,"
            + "'system':[{'type':'text','text':'s','cache_control':{'type':'ephemeral'}}],"
            + "'tools':[{'name':'f','input_schema':{}}],"
            + "'messages':[{'role':'user','content':[{'type':'text','text':'a'},"
            + "{'type':'text','text':'b','cache_control':{'type':'ephemeral'}}]},"
            + "{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'f','input':{}}]},"
            + "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'4'}]}]}";
    Object written = BodyFormat.named("anthropic").writer().body(read(body));
    assertThat(json(JSON.writeValueAsString(written))).isEqualTo(json(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "anthropic | {'role':'assistant','tool_calls':[{'id':'c'}]} | tool_calls of a message of role"
            + " assistant cannot be sent: there is none in Anthropic's Messages",
        "anthropic | {'role':'assistant','content':' '} | a blank text of role assistant cannot be"
            + " sent: there is none in Anthropic's Messages",
        "nova | {'role':'assistant','content':[{'type':'text','text':'a','cache_control':{}}]} |"
            + " cache_control of a part cannot be sent: there is none in Nova's body",
        "llama | {'role':'user','name':'bo','content':'Hi'} | name of a message of role user cannot"
            + " be sent: there is none in Llama's body",
        "titan | {'role':'tool','tool_call_id':'c','content':'Hi'} | a message of role tool cannot"
            + " be sent: there is none in Titan's body"
      })
  void theOtherBodiesRefuseByNameWhatTheyDoNotKnow(String format, String message, String refusal)
      throws IOException {
    LlmRequest request =
        read("{'messages':[{'role':'user','content':'a'}," + message + "],'max_tokens':9}");
    assertThatThrownBy(() -> BodyFormat.named(format).writer().body(request)).hasMessage(refusal);
  }
}
