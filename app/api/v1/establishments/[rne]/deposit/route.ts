import { DepositOrderSchema } from "#contract/deposit.ts";
import { parseJsonBody } from "#hosting/api/json-body.ts";
import { json, methods, withCredential } from "#hosting/api/route.ts";
import { readDeposit } from "#hosting/deposit/list.ts";
import { orderDeposit } from "#hosting/deposit/order.ts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: withCredential(["establishment", "upload"], async ({ context, establishment }) => {
    return json(await readDeposit(context, establishment));
  }),
  PUT: withCredential(["establishment", "upload"], async ({ context, request, establishment }) => {
    const { order } = await parseJsonBody(request, DepositOrderSchema);
    return json(await orderDeposit(context, { establishment, order }));
  }),
});
