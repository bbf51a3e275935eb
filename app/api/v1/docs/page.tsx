import { buildOpenApiDocument } from "#hosting/api/openapi/document.ts";
import { hostingProcess } from "#hosting/context.ts";
import { Credentials } from "./credentials.tsx";
import { Introduction } from "./introduction.tsx";
import { listOperations, Operation } from "./operation.tsx";
import { ProblemCodes } from "./problem-codes.tsx";
import { Schema } from "./schema.tsx";
import { Section } from "./section.tsx";

export default function ApiDocumentPage() {
  const document = buildOpenApiDocument({ publicUrl: hostingProcess.get().settings.PUBLIC_URL });
  return (
    <>
      <Introduction document={document} />
      <Section id="acces" title="Les accès">
        <Credentials schemes={document.components.securitySchemes} />
      </Section>
      <Section id="refus" title="Les refus">
        <ProblemCodes />
      </Section>
      {document.tags.map((tag) => (
        <Section key={tag.name} id={tag.name} title={tag.description}>
          {listOperations(document.paths, tag.name).map((operation) => (
            <Operation key={operation.operationId} {...operation} />
          ))}
        </Section>
      ))}
      <Section id="evenements" title="Les événements que vous recevez">
        {listOperations(document.webhooks).map((operation) => (
          <Operation key={operation.operationId} {...operation} />
        ))}
      </Section>
      <Section id="schemas" title="Les données">
        {Object.entries(document.components.schemas).map(([name, schema]) => (
          <Schema key={name} name={name} schema={schema} />
        ))}
      </Section>
    </>
  );
}
