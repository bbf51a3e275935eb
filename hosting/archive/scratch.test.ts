import { writeFileSync } from "node:fs";
import { askZipJs, buildZip, fc, test, NOTICES, unixMode, zip64Extra, tryArchive, type FixtureEntry } from "./second-opinion.test.ts";

const name = fc.constantFrom("data/A.DAT","data/é.DAT","data/IMG/","data/IMG/c.jpg","data/x.zip","DATA/b.dat","data/sub/..a","autre/x.txt","data/a.dat","__MACOSX/._x","data/sp ace.DAT","data/NOTICES.DAT/x", "data\\back.DAT", "data/œ.DAT", "data/con.txt");
const cp437 = fc.constantFrom(Buffer.from("data/\x82.DAT","latin1"), Buffer.from("data/\xe9\xff.DAT","latin1"));
const content = fc.oneof(fc.string({maxLength:200}), fc.nat(50000).map(n=>Buffer.alloc(n,n%256)));
const entry = fc.record({ name: fc.oneof({weight:6,arbitrary:name},{weight:1,arbitrary:cp437}), content, method: fc.constantFrom(0,8),
  flags: fc.constantFrom(0,0,0,0x800,8,2,4,0x808,1,0x20,0x40,0x2000),
  after: fc.oneof({weight:5,arbitrary:fc.constant(Buffer.alloc(0))}, fc.constant(Buffer.alloc(16)), fc.constant(Buffer.alloc(12)), fc.uint8Array({maxLength:30}).map(b=>Buffer.from(b))),
  externalAttributes: fc.constantFrom(0,0,unixMode(0o100644),unixMode(0o040755),0x10,unixMode(0o120777)),
  versionMadeBy: fc.constantFrom(20,0x314,63),
  extra: fc.constantFrom(Buffer.alloc(0),Buffer.alloc(0),Buffer.from([0x55,0x54,5,0,1,0,0,0,0]),Buffer.from([0x55,0x54,5,0,1]), zip64Extra(1,2)),
  centralComment: fc.constantFrom(Buffer.alloc(0),Buffer.from("hello")),
  lie: fc.constantFrom("none","none","none","none","crc","size","csize","localname","localcrc","zeros"),
}).map(({lie,...e}): FixtureEntry => lie==="crc"?{...e,crc32:1}:lie==="size"?{...e,sizeBytes:7}:lie==="csize"?{...e,compressedBytes:3}:lie==="localname"?{...e,local:{name:"data/other.DAT"}}:lie==="localcrc"?{...e,local:{crc32:5}}:lie==="zeros"?{...e,flags:(e.flags??0)|8,local:{crc32:0,compressedBytes:0,sizeBytes:0}}:e);
const options = fc.record({ prefix: fc.constantFrom(Buffer.alloc(0),Buffer.alloc(0),Buffer.alloc(0),Buffer.from("PK00"),Buffer.from("MZx")), shift: fc.boolean(), comment: fc.constantFrom(Buffer.alloc(0),Buffer.alloc(0),Buffer.from("c")), trailer: fc.constantFrom(Buffer.alloc(0),Buffer.alloc(0),Buffer.alloc(0),Buffer.from("zz")), isZip64: fc.constantFrom(false,false,true)}).map(({shift,...o})=>({...o,...(shift?{offsetShift:o.prefix.length}:{})}));
const edit = fc.option(fc.record({from:fc.nat(3000),length:fc.nat(3),ins:fc.uint8Array({maxLength:3})}),{freq:2});

test("x", async () => {
  const stats = new Map<string,{n:number, sample:string}>();
  await fc.assert(fc.asyncProperty(fc.array(entry,{maxLength:4}), options, edit, async (es,o,ed)=>{
    let b = buildZip([NOTICES,...es],o);
    if(ed){const f=ed.from%b.length; b=Buffer.concat([b.subarray(0,f),Buffer.from(ed.ins),b.subarray(f+ed.length)]);}
    const ours = await tryArchive(b); const z = await askZipJs(b);
    let key: string;
    if(ours.code==="accepted" && "refusal" in z) key="ZIPJS-REFUSES: "+z.refusal+JSON.stringify({es:es.map(e=>({name:String(e.name),method:e.method,flags:e.flags,local:e.local,after:e.after?.length,c:String(e.content).length,extra:e.extra?.toString("hex")})),ed,o});
    else if(ours.code!=="accepted" && "files" in z) key="WE-REFUSE: "+ours.code+" "+ours.detail.replace(/«[^»]*»/g,"«»").slice(0,80);
    else if(ours.code==="accepted" && "files" in z){
      const a=JSON.stringify(ours.archive!.files.map(f=>[f.sizeBytes,f.crc32]).sort());
      const pre=Object.entries(z.files).filter(([n])=>n.startsWith(ours.archive!.baseName+"/"));
      const c=JSON.stringify(pre.map(([,f])=>[f.sizeBytes,f.crc32]).sort());
      key = a===c?"both":"DIFFER "+a+" vs "+JSON.stringify(z.files)+(a.length);
    } else key="neither";
    const s=stats.get(key)??{n:0,sample:""}; s.n++; if(!s.sample) s.sample=JSON.stringify({es:es.map(e=>({...e,name:String(e.name),content:String(e.content).length,after:e.after?.length,extra:e.extra?.toString("hex")})),o:{...o,prefix:o.prefix.toString()},ed}); stats.set(key,s);
  }),{numRuns: 3000});
  writeFileSync("/tmp/explore.txt",[...stats].map(([k,v])=>`${v.n}\t${k}\n\t\t${v.sample}`).join("\n"));
}, 300000);
