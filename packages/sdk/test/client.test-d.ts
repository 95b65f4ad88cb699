/** What the client's methods take and give, as the compiler sees it. Nothing here runs. */
import { describe, expectTypeOf, it } from "vitest";
import {
  ApiError,
  type ApiPromise,
  type BadRequestError,
  type ConnectionError,
  type CreatedWebhook,
  type Delivery,
  type Device,
  type ErrorCode,
  type EventName,
  type Message,
  type Page,
  type PageInfo,
  type PagePromise,
  type RateLimit,
  type SentMessage,
  type StreamedEvent,
  type TimeoutError,
  type Usage,
  type Webhook,
  WhatsFlow,
  type WhatsFlowError,
} from "../src/index.js";

declare const client: WhatsFlow;

describe("a method", () => {
  it("resolves to the data itself", () => {
    expectTypeOf(client.messages.send).returns.toEqualTypeOf<ApiPromise<SentMessage>>();
    expectTypeOf(client.messages.get).returns.resolves.toEqualTypeOf<Message>();
    expectTypeOf(client.devices.list).returns.resolves.toEqualTypeOf<Device[]>();
    expectTypeOf(client.webhooks.create).returns.resolves.toEqualTypeOf<CreatedWebhook>();
    expectTypeOf(client.usage.get).returns.resolves.toEqualTypeOf<Usage>();
  });

  it("resolves to the API's message where there is nothing to return", () => {
    expectTypeOf(client.devices.delete).returns.resolves.toBeString();
    expectTypeOf(client.apiKeys.revoke).returns.resolves.toBeString();
  });

  it("gives a secret when it is made, and at no other time", () => {
    expectTypeOf<CreatedWebhook>().toHaveProperty("secret").toBeString();
    expectTypeOf<Webhook>().not.toHaveProperty("secret");
  });

  it("tells what the answer said besides", async () => {
    const answer = await client.messages.get("msg_1").withResponse();
    expectTypeOf(answer.data).toEqualTypeOf<Message>();
    expectTypeOf(answer.rateLimit).toEqualTypeOf<RateLimit | undefined>();
    expectTypeOf(answer.headers).toEqualTypeOf<Headers>();
  });

  it("tells data and error apart where nothing is thrown", async () => {
    const result = await client.messages.get("msg_1").result();
    if (result.ok) expectTypeOf(result.data).toEqualTypeOf<Message>();
    else expectTypeOf(result.error).toEqualTypeOf<WhatsFlowError>();
    // @ts-expect-error it is not known yet whether there is data
    result.data;
  });

  it("takes ids, then the body or the query, then options", () => {
    expectTypeOf(client.messages.get).parameter(0).toBeString();
    expectTypeOf(client.webhooks.delivery).parameters.toMatchTypeOf<
      [id: string, deliveryId: string, options?: object]
    >();
    expectTypeOf(client.messages.send).toBeCallableWith(
      { contact_id: "contact_1", message: "Hello", ttl_seconds: 60 },
      { idempotencyKey: "order-1", signal: new AbortController().signal, timeoutMs: 1_000, maxRetries: 0 },
    );
    // Where the body may lack, it may be left out.
    expectTypeOf(client.webhooks.test).toBeCallableWith("webhook_1");
  });
});

describe("wrong use", () => {
  it("does not compile", () => {
    // @ts-expect-error the key lacks
    new WhatsFlow({ baseUrl: "http://localhost:2152" });
    // @ts-expect-error there is no such option
    new WhatsFlow({ apiKey: "wf_test_1", retries: 2 });
    // @ts-expect-error the text lacks
    client.messages.send({ phone_number: "+94771234567" });
    // @ts-expect-error there is no such field
    client.messages.send({ phone_number: "+94771234567", message: "Hello", text: "Hello" });
    // @ts-expect-error a number is text, for the sake of its +
    client.messages.send({ phone_number: 94771234567, message: "Hello" });
    // @ts-expect-error there is no such option
    client.messages.send({ phone_number: "+94771234567", message: "Hello" }, { retries: 2 });
    // @ts-expect-error the id lacks
    client.messages.get();
    // @ts-expect-error there is no such filter
    client.messages.list({ phone: "+94771234567" });
    // @ts-expect-error there is no such status
    client.messages.list({ status: "arrived" });
    // @ts-expect-error there is no such event
    client.webhooks.create({ url: "https://example.com", events: ["message.sendt"] });
    // @ts-expect-error the events lack
    client.webhooks.create({ url: "https://example.com" });
    // @ts-expect-error there is no such scope
    client.apiKeys.create({ name: "Accounting", scopes: ["messages:write"] });
    // @ts-expect-error there is no such event
    client.events.trigger({ event: "message.sendt" });
  });
});

describe("a list", () => {
  it("is a page, and may be iterated without awaiting it", async () => {
    expectTypeOf(client.messages.list).returns.toEqualTypeOf<PagePromise<Message>>();
    for await (const message of client.messages.list()) expectTypeOf(message).toEqualTypeOf<Message>();
    for await (const delivery of client.webhooks.deliveries("webhook_1"))
      expectTypeOf(delivery).toEqualTypeOf<Delivery>();
  });

  it("has its items, and may have a next page", async () => {
    const page = await client.messages.list();
    expectTypeOf(page.items).toEqualTypeOf<Message[]>();
    expectTypeOf(page.info).toEqualTypeOf<PageInfo>();
    expectTypeOf(page.next).returns.resolves.toEqualTypeOf<Page<Message> | null>();
    for await (const message of page) expectTypeOf(message).toEqualTypeOf<Message>();
  });
});

describe("errors", () => {
  it("have a code that editors complete, and that may be a newer server's", () => {
    const { code } = new ApiError({ status: 400, headers: new Headers(), body: undefined });
    expectTypeOf<ErrorCode>().toExtend<typeof code>();
    expectTypeOf<"http_502">().toExtend<typeof code>();
    // A plain string would swallow the names that an editor proposes.
    expectTypeOf<string>().not.toEqualTypeOf<typeof code>();
    expectTypeOf<Extract<typeof code, ErrorCode>>().toEqualTypeOf<ErrorCode>();
  });

  it("are of families", () => {
    expectTypeOf<BadRequestError>().toExtend<ApiError>();
    expectTypeOf<ApiError>().toExtend<WhatsFlowError>();
    expectTypeOf<TimeoutError>().toExtend<ConnectionError>();
    expectTypeOf<ConnectionError>().not.toExtend<ApiError>();
  });

  it("narrow by their class", () => {
    const error: unknown = undefined;
    if (error instanceof ApiError) {
      expectTypeOf(error.retryAfter).toEqualTypeOf<number | undefined>();
      expectTypeOf(error.details).toEqualTypeOf<readonly { path: string; message: string }[]>();
    }
  });
});

describe("the stream", () => {
  it("narrows by the event's name, gaps included", async () => {
    expectTypeOf(client.events.stream).returns.toEqualTypeOf<AsyncIterable<StreamedEvent>>();
    for await (const event of client.events.stream({ events: "message.received" })) {
      expectTypeOf(event.id).toBeString();
      if (event.event === "message.received") expectTypeOf(event.data.contact_id).toBeString();
      if (event.event === "$gap") expectTypeOf(event.data).toHaveProperty("resumes_after");
      if (event.event === "$unknown") expectTypeOf(event.data).toBeUnknown();
    }
    expectTypeOf<StreamedEvent["event"]>().toEqualTypeOf<EventName | "$gap" | "$unknown">();
  });
});

describe("client.api", () => {
  it("knows the contract's paths, parameters and answers", async () => {
    const { data, error } = await client.api.GET("/messages/{id}", { params: { path: { id: "msg_1" } } });
    expectTypeOf(data?.data).toEqualTypeOf<Message | undefined>();
    // Only what this operation answers.
    if (error) expectTypeOf<"not_found">().toExtend<typeof error.code>();
    if (error) expectTypeOf<"not_on_whatsapp">().not.toExtend<typeof error.code>();
    if (error?.code === "rate_limited") expectTypeOf(error.retryAfter).toBeNumber();
    // @ts-expect-error there is no such path
    client.api.GET("/message/{id}", { params: { path: { id: "msg_1" } } });
    // @ts-expect-error the id lacks
    client.api.GET("/messages/{id}", {});
    // @ts-expect-error nothing is sent by GET
    client.api.GET("/messages/send", { body: { message: "Hello" } });
    // @ts-expect-error the text lacks
    client.api.POST("/messages/send", { body: { phone_number: "+94771234567" } });
  });
});
