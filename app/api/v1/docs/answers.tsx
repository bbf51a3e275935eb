import type { ResponseObject } from "#hosting/api/openapi/types.ts";
import { Example } from "./example.tsx";
import { SchemaType } from "./schema-type.tsx";
import { Code, Rows } from "./section.tsx";

/** The answers of a call, by status. */
export function Answers({ responses }: { responses: Readonly<Record<string, ResponseObject>> }) {
  return (
    <Rows
      rows={Object.entries(responses).map(([status, { description, headers, content }]) => ({
        key: status,
        name: <Code>{status}</Code>,
        text: (
          <>
            <p>
              {description} <BodyType content={content} />
            </p>
            {headers ? <p>{`En-têtes\u202f: ${Object.keys(headers).join(", ")}.`}</p> : null}
            <Example value={content?.["application/json"]?.example} />
          </>
        ),
      }))}
    />
  );
}

function BodyType({ content = {} }: { content: ResponseObject["content"] | undefined }) {
  const json = content["application/json"];
  if (json) return <SchemaType schema={json.schema} />;
  const isBytes = Object.keys(content).some((mediaType) => mediaType === "application/zip");
  return isBytes ? <Code>application/zip</Code> : null;
}
